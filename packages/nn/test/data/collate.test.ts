import { fromData, ones, type Tensor, tensor } from "@isograd/autograd";
import { LSTM, paddingMask, padRows, padSequence, rowBatches, stackRows } from "@isograd/nn";
import { describe, expect, expectTypeOf, it } from "vitest";

describe("stackRows", () => {
  it("stacks numbers, arrays, typed arrays, tensors and truth values", () => {
    const row = (k: number) => ({
      number: k,
      nested: [[k], [k + 1]],
      bytes: Uint8Array.of(k),
      double: Float64Array.of(k, k),
      tensor: ones([2, 2]),
      label: tensor(k, { dtype: "i32" }),
      flag: k > 0,
    });
    const batch = stackRows([row(0), row(1)]);
    expectTypeOf(batch.nested).toEqualTypeOf<Tensor>();
    expect(Object.entries(batch).map(([name, { dtype, shape }]) => `${name} ${dtype} [${shape}]`)).toEqual([
      "number f32 [2]",
      "nested f32 [2,2,1]",
      "bytes i32 [2,1]",
      "double f64 [2,2]",
      "tensor f32 [2,2,2]",
      "label i32 [2]",
      "flag bool [2]",
    ]);
    expect(batch.nested.toArray()).toEqual([
      [[0], [1]],
      [[1], [2]],
    ]);
    expect([batch.label.toArray(), batch.flag.toArray()]).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it("takes the element types that it is told", () => {
    const rows = [
      { x: 1.1, label: 3 },
      { x: 2, label: 4 },
    ];
    const { x, label } = stackRows(rows, { dtypes: { x: "f64", label: "i32" } });
    expect([x.toArray(), label.dtype, label.toArray()]).toEqual([[1.1, 2], "i32", [3, 4]]);
    const bytes = stackRows([{ x: Uint8Array.of(255) }], { dtypes: { x: "f32" } });
    expect([bytes.x.dtype, bytes.x.toArray()]).toEqual(["f32", [[255]]]);
  });

  it("says which row does not fit", () => {
    type Loose = Record<string, never>;
    const stackAny = (rows: unknown[], dtypes = {}) => stackRows(rows as Loose[], { dtypes });
    expect(() => stackAny([])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: stackRows: expected at least one row, got []]`,
    );
    expect(() => stackAny([7])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: stackRows: expected rows such as { inputs, targets }, got 7]`,
    );
    expect(() => stackAny([{ x: 1 }, {}])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: stackRows: expected x of row 1 of the batch to be there, as in the first, got undefined]`,
    );
    expect(() => stackAny([{ x: "cat" }])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: stackRows: expected x of row 0 of the batch to be numbers or a tensor, got "cat"]`,
    );
    expect(() => stackAny([{ x: [1, 2] }, { x: [1] }])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: stackRows: expected x of one shape in all rows (padRows is for sequences of several lengths), got [2] and [1]]`,
    );
    for (const x of [1.5, Number.NaN, 2 ** 31, [[1], [2.5]], tensor([0.5])])
      expect(() => stackAny([{ x: 1 }, { x }], { x: "i32" })).toThrow(/x of row 1 of the batch to be whole/);
    expect(() => stackAny([{ x: 1.5 }], { x: "i32" })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: stackRows: expected x of row 0 of the batch to be whole numbers, as i32 holds, got 1.5]`,
    );
  });
});

describe("padRows", () => {
  const rows = [
    { inputs: tensor([[1], [2], [3]]), targets: 0 },
    { inputs: tensor([[4]]), targets: 1 },
  ];

  it("pads sequences as padSequence does, and says how long they are", () => {
    const batch = padRows({ inputs: "lengths" }, { dtypes: { targets: "i32" } })(rows);
    expectTypeOf(batch.lengths).toEqualTypeOf<Tensor>();
    expectTypeOf(batch.targets).toEqualTypeOf<Tensor>();
    expect(batch.inputs.toArray()).toEqual(padSequence(rows.map(({ inputs }) => inputs)).toArray());
    expect([batch.inputs.shape, batch.lengths.dtype, batch.lengths.toArray()]).toEqual([
      [3, 2, 1],
      "i32",
      [3, 1],
    ]);
    expect(batch.targets.toArray()).toEqual([0, 1]);
    const first = padRows({ inputs: "lengths" }, { batchFirst: true, paddingValue: -1 })(rows);
    expect(first.inputs.toArray()).toEqual([
      [[1], [2], [3]],
      [[4], [-1], [-1]],
    ]);
  });

  it("pads several columns, and leaves none over where all are sequences", () => {
    const pairs = [
      { source: [1, 2], target: [3] },
      { source: [4], target: [5, 6, 7] },
    ];
    const batch = padRows({ source: "from", target: "to" }, { batchFirst: true })(pairs);
    expect(Object.fromEntries(Object.entries(batch).map(([name, x]) => [name, x.toArray()]))).toEqual({
      source: [
        [1, 2],
        [4, 0],
      ],
      from: [2, 1],
      target: [
        [3, 0, 0],
        [5, 6, 7],
      ],
      to: [1, 3],
    });
  });

  it("makes what recurrent layers and attention take", async () => {
    const lstm = new LSTM({ inputSize: 1, hiddenSize: 2 });
    const collate = padRows({ inputs: "lengths" });
    for await (const { inputs, lengths } of rowBatches(rows, { collate })) {
      const { output } = lstm.call(inputs, null, { lengths });
      const alone = lstm.call(rows[1].inputs).output;
      expect((output.toArray() as number[][][])[0][1]).toEqual((alone.toArray() as number[][])[0]);
      expect((output.toArray() as number[][][])[2][1]).toEqual([0, 0]);
      expect(paddingMask(lengths).toArray()).toEqual([
        [0, 0, 0],
        [0, 1, 1],
      ]);
    }
  });

  it("refuses a name that is taken, a column that is not there, and shapes that differ in more than length", () => {
    expect(() => padRows({ inputs: "targets" })(rows)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: padRows: expected a name for lengths that no column has, got "targets"]`,
    );
    expect(() => padRows({ inputs: "n", targets: "n" })(rows)).toThrow(/that no column has, got "n"/);
    expect(() => padRows({ words: "lengths" })(rows as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: padRows: expected words of row 0 of the batch to be there, as in the first, got undefined]`,
    );
    const wide = { inputs: fromData(new Float32Array(2), [1, 2]), targets: 0 };
    expect(() => padRows({ inputs: "lengths" })([...rows, wide])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: padSequence: expected sequences [length, ...] that differ in length alone, got [3, 1] and [1, 1] and [1, 2]]`,
    );
  });
});
