import { fromData, Generator, type Tensor, tensor } from "@isograd/autograd";
import { batches, setSeed } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";

/** Rows [row, row + 0.5] with targets 10 row. */
const rows = (count: number, width = 2) => ({
  inputs: fromData(
    Float32Array.from({ length: count * width }, (_, k) => Math.floor(k / width) + (k % width) / 2),
    [count, width],
  ),
  targets: Int32Array.from({ length: count }, (_, row) => 10 * row),
});

const take = (data: Iterable<{ inputs: Tensor; targets: Tensor }>) =>
  [...data].map(({ inputs, targets }) => ({ inputs: inputs.toArray(), targets: targets.toArray() }));

describe("batches", () => {
  it("cuts the rows in order", () => {
    const data = batches(rows(5), { batchSize: 2 });
    expect([data.length, data.rows]).toEqual([3, 5]);
    expect(take(data)).toEqual([
      {
        inputs: [
          [0, 0.5],
          [1, 1.5],
        ],
        targets: [0, 10],
      },
      {
        inputs: [
          [2, 2.5],
          [3, 3.5],
        ],
        targets: [20, 30],
      },
      { inputs: [[4, 4.5]], targets: [40] },
    ]);
    expect(take(batches(rows(5), { batchSize: 2, dropLast: true }))).toHaveLength(2);
  });

  it("shuffles whole rows, each once a pass, anew in each pass", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        (count, width, batchSize) => {
          const data = batches(rows(count, width), {
            batchSize,
            shuffle: true,
            generator: new Generator(count),
          });
          const seen: number[] = [];
          for (const { inputs, targets } of data) {
            (inputs.toArray() as number[][]).forEach((row, k) => {
              expect(row).toEqual(Array.from({ length: width }, (_, j) => row[0] + j / 2));
              expect(targets.values()[k]).toBe(10 * row[0]);
              seen.push(row[0]);
            });
          }
          expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, row) => row));
        },
      ),
      { numRuns: 40 },
    );
    const data = batches(rows(50), { shuffle: true });
    expect(take(data)).not.toEqual(take(data));
  });

  it("draws its orders from the generator, or the next fork of the default one", () => {
    const order = (generator?: Generator) => take(batches(rows(20), { shuffle: true, generator }));
    expect(order(new Generator(1))).toEqual(order(new Generator(1)));
    setSeed(1);
    const first = order();
    expect(order()).not.toEqual(first);
    setSeed(1);
    expect(order()).toEqual(first);
  });

  it("keeps names, shapes and element types", () => {
    const data = batches({
      images: fromData(new Float64Array(24), [3, 2, 2, 2]),
      bytes: Uint8Array.of(1, 2, 255),
      flags: tensor([true, false, true]),
    });
    const [batch] = data;
    expectTypeOf(batch).toEqualTypeOf<{
      readonly images: Tensor;
      readonly bytes: Tensor;
      readonly flags: Tensor;
    }>();
    expect([batch.images.dtype, batch.bytes.dtype, batch.flags.dtype]).toEqual(["f64", "i32", "bool"]);
    expect(batch.images.shape).toEqual([3, 2, 2, 2]);
    expect(batch.bytes.toArray()).toEqual([1, 2, 255]);
  });

  it("copies: a batch does not change with the next", () => {
    const [first, second] = batches(rows(4), { batchSize: 2 });
    expect(first.inputs.toArray()).toEqual([
      [0, 0.5],
      [1, 1.5],
    ]);
    expect(second.inputs.data).not.toBe(first.inputs.data);
  });

  it("names row and column of a number that is not finite, in the first pass", () => {
    const { inputs, targets } = rows(6);
    const bad = inputs.values().slice();
    bad[2 * 4 + 1] = Number.NaN;
    const dataset = { inputs: fromData(bad, [6, 2]), targets };
    expect(() => take(batches(dataset, { batchSize: 4 }))).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteError: batches: expected finite data, inputs hold NaN at row 4, column 1]`,
    );
    expect(() => take(batches(dataset, { batchSize: 2, shuffle: true }))).toThrow(/row 4, column 1/);
    expect(() =>
      take(batches({ inputs, targets: Float64Array.of(0, 1, 2, Number.NEGATIVE_INFINITY, 4, 5) })),
    ).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteError: batches: expected finite data, targets hold -Infinity at row 3]`,
    );
    expect(take(batches(dataset, { checkFinite: false }))).toHaveLength(1);
  });

  it("looks at all rows, also where it began in the middle of a pass", () => {
    const dataset = { x: Float32Array.of(Number.NaN, 1, 2) };
    const data = batches(dataset, { batchSize: 1 });
    data.state = { ...data.state, batch: 1 };
    expect([...data]).toHaveLength(2);
    expect(() => [...data]).toThrow(/NaN at row 0/);
  });

  it("does not mistake large finite numbers for infinite ones", () => {
    const huge = Float64Array.of(1e308, 1e308, 1e308);
    expect(take(batches({ inputs: huge, targets: huge }))).toHaveLength(1);
  });

  it("refuses data without rows, and columns that differ in length", () => {
    expect(() =>
      batches({ inputs: new Float32Array(0), targets: new Int32Array(0) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: batches: expected at least one row of data, got 0]`,
    );
    expect(() => batches({})).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: batches: expected columns such as { inputs, targets }, got Object]`,
    );
    expect(() =>
      batches({ inputs: new Float32Array(3), targets: new Int32Array(2) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: batches: expected as many rows of targets as of inputs, got [3] and [2]]`,
    );
    expect(() => batches({ inputs: [1, 2] as never })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: batches: expected inputs to be a tensor or a typed array, got [1, 2]]`,
    );
    expect(() => batches({ inputs: tensor(1) })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: batches: expected rows of inputs, got []]`,
    );
    expect(() => batches(rows(3), { batchSize: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: batches: expected a batchSize that is a positive integer, got 0]`,
    );
    expect(() => batches(rows(3), { batchSize: 4, dropLast: true })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: batches: expected rows for at least one full batch of 4 with dropLast, got 3]`,
    );
  });
});
