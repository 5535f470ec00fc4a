import {
  backward,
  fromData,
  Generator,
  grad,
  mul,
  square,
  sum,
  type Tensor,
  tensor,
} from "@isograd/autograd";
import { Embedding, EmbeddingBag, initialize, ones } from "@isograd/nn";
import { describe, expect, it } from "vitest";

const indices = (...numbers: number[]): Tensor => tensor(Int32Array.from(numbers), { dtype: "i32" });
const make = (options: Partial<ConstructorParameters<typeof Embedding>[0]> = {}): Embedding =>
  new Embedding({ numEmbeddings: 5, embeddingDim: 2, dtype: "f64", generator: new Generator(1), ...options });
const rowsOf = (table: Tensor): number[][] => table.toArray() as number[][];
const table = fromData(Float64Array.of(3, 4, 0.3, 0.4, 0, 0, 6, 8), [4, 2]);

describe("Embedding", () => {
  it("looks rows up, for indices of any shape", () => {
    const layer = make();
    const rows = rowsOf(layer.weight);
    expect(layer.call(indices(4, 0, 4)).toArray()).toEqual([rows[4], rows[0], rows[4]]);
    expect(layer.call(tensor(Int32Array.of(3), { shape: [], dtype: "i32" })).toArray()).toEqual(rows[3]);
    expect(layer.call(tensor(new Int32Array(0), { shape: [0, 3], dtype: "i32" })).shape).toEqual([0, 3, 2]);
  });

  it("begins with zeros for the padding, others as without, and sends it no gradient", () => {
    const layer = make({ paddingIndex: -2 });
    const expected = rowsOf(make().weight);
    expected[3] = [0, 0];
    expect(rowsOf(layer.weight)).toEqual(expected);
    backward(sum(layer.call(indices(3, 1, 3, 1))));
    expect(layer.weight.grad?.toArray()).toEqual([
      [0, 0],
      [2, 2],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    layer.weight.assign(mul(layer.weight.detach(), 0));
    initialize(layer, { seed: 3, weight: ones });
    expect(rowsOf(layer.weight)[3]).toEqual([0, 0]);
    // What is drawn for weights by their fans is not for tables.
    expect(rowsOf(layer.weight)[0]).not.toEqual([1, 1]);
  });

  it("scales down rows that are too long when they are looked up, and only those, for good", () => {
    const layer = Embedding.fromPretrained(table, { maxNorm: 1, freeze: false });
    const found = layer.call(indices(0, 1, 2));
    const [first, ...rest] = rowsOf(layer.weight);
    expect(first[0]).toBeCloseTo(0.6, 6);
    expect(first[1]).toBeCloseTo(0.8, 6);
    expect(rest).toEqual(rowsOf(table).slice(1));
    expect(rowsOf(found)).toEqual(rowsOf(layer.weight).slice(0, 3));
    expect(layer.weight.requiresGrad).toBe(true);
    expect(rowsOf(table)[0]).toEqual([3, 4]);
    const largest = Embedding.fromPretrained(table, { maxNorm: 4, normType: Number.POSITIVE_INFINITY });
    largest.call(indices(0, 3));
    expect(rowsOf(largest.weight).map(([, last]) => Math.round(last * 1e6) / 1e6)).toEqual([4, 0.4, 0, 4]);
  });

  it("keeps what a graph saw when the table changes under it", () => {
    const layer = Embedding.fromPretrained(table, { maxNorm: 5, freeze: false });
    const before = layer.call(indices(0));
    const loss = sum(mul(before, before));
    layer.call(indices(3));
    backward(loss);
    expect(layer.weight.grad?.toArray()).toEqual([
      [6, 8],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it("leaves the table alone in a transform, where only what is read is scaled", () => {
    const layer = Embedding.fromPretrained(table, { maxNorm: 1, freeze: false });
    const gradient = grad((module: Embedding) => sum(square(module.call(indices(0)))))(layer) as Embedding;
    expect(layer.weight.toArray()).toEqual(table.toArray());
    const [[first, second]] = rowsOf(gradient.weight);
    expect([first, second].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([1.2, 1.6]);
  });

  it("keeps a table that it is given, unless it shall learn it, and begins with it anew", () => {
    const layer = Embedding.fromPretrained(table, { paddingIndex: 3 });
    expect(layer.weight.toArray()).toEqual(table.toArray());
    expect([layer.weight.requiresGrad, layer.parameters().length]).toEqual([false, 1]);
    const learning = Embedding.fromPretrained(table, { freeze: false });
    backward(sum(learning.call(indices(1))));
    expect(learning.weight.grad).not.toBeNull();
    learning.weight.assign(mul(learning.weight.detach(), 2));
    initialize(learning, { seed: 1 });
    expect(learning.weight.toArray()).toEqual(table.toArray());
  });

  it("says what does not fit", () => {
    expect(() => make({ paddingIndex: 5 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Embedding: expected the padding to be one of 5 rows, got 5]`,
    );
    expect(() => make().call(indices(5))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: embedding: expected positions from 0 to 4, got 5]`,
    );
    expect(() => make().call(tensor([1]))).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: embedding: expected an index of i32, got f32]`,
    );
    expect(() => make({ maxNorm: 1 }).call(indices(-1))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: indexSelect: expected positions from 0 to 4, got -1]`,
    );
    expect(() => Embedding.fromPretrained(tensor([1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: Embedding: expected a table [rows, features], got [1]]`,
    );
  });
});

describe("EmbeddingBag", () => {
  it("is the sum, mean or maximum of an embedding's rows, values and gradients", () => {
    const index = tensor(
      [
        [1, 2, 1],
        [4, 0, 2],
      ],
      { dtype: "i32" },
    );
    for (const scaleGradByFreq of [false, true]) {
      const options = { numEmbeddings: 5, embeddingDim: 2, scaleGradByFreq, dtype: "f64" } as const;
      const [bag, single] = [
        new EmbeddingBag({ ...options, mode: "sum", generator: new Generator(1) }),
        new Embedding({ ...options, generator: new Generator(1) }),
      ];
      const factors = fromData(Float64Array.of(1, 2, 3, 4), [2, 2]);
      const [one, other] = [bag.call(index), sum(single.call(index), { axis: 1 })];
      expect(one.toArray()).toEqual(other.toArray());
      backward(sum(mul(one, factors)));
      backward(sum(mul(other, factors)));
      expect(bag.weight.grad?.toArray()).toEqual(single.weight.grad?.toArray());
    }
  });

  it("takes bags of different lengths one behind the other; empty ones are zeros", () => {
    const bag = EmbeddingBag.fromPretrained(table, { mode: "mean" });
    const found = bag.call(indices(0, 3, 1), { offsets: indices(0, 2, 2) });
    expect(found.toArray()).toEqual([
      [4.5, 6],
      [0, 0],
      [0.3, 0.4],
    ]);
    const ending = EmbeddingBag.fromPretrained(table, { mode: "sum", includeLastOffset: true });
    const perSampleWeights = fromData(Float64Array.of(2, 1, 10), [3]);
    expect(ending.call(indices(0, 3, 1), { offsets: indices(0, 2, 3), perSampleWeights }).toArray()).toEqual([
      [12, 16],
      [3, 4],
    ]);
  });
});
