import { describe, expect, it } from "vitest";
import { backward, embedding, embeddingBag, parameter, sum, tensor, zeros } from "../../../src/index.ts";

const i32 = (values: Parameters<typeof tensor>[0]) => tensor(values, { dtype: "i32" });
const table = () =>
  parameter(
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    { dtype: "f64" },
  );

describe("embedding", () => {
  it("looks rows up, and sums the gradients of a row that is named twice", () => {
    const w = table();
    const rows = embedding(w, i32([[2, 0, 2]]));
    expect(rows.toArray()).toEqual([
      [
        [5, 6],
        [1, 2],
        [5, 6],
      ],
    ]);
    backward(sum(rows));
    expect(w.grad?.toArray()).toEqual([
      [1, 1],
      [0, 0],
      [2, 2],
    ]);
    expect(embedding(w, i32(1)).toArray()).toEqual([3, 4]);
    expect(embedding(w, i32([])).shape).toEqual([0, 2]);
  });

  it("gives the padding no gradient", () => {
    const w = table();
    const rows = embedding(w, i32([2, 0]), { paddingIndex: -1 });
    expect(rows.toArray()).toEqual([
      [5, 6],
      [1, 2],
    ]);
    backward(sum(rows));
    expect(w.grad?.toArray()).toEqual([
      [1, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  it("divides gradients by how often a row is named", () => {
    const w = table();
    backward(sum(embedding(w, i32([2, 2, 0, 2]), { scaleGradByFreq: true })));
    const once = w.grad?.values() ?? [];
    expect(Array.from(once, (value) => Math.round(value * 1e12) / 1e12)).toEqual([1, 1, 0, 0, 1, 1]);
  });

  it("refuses rows that are not there", () => {
    expect(() => embedding(table(), i32([3]))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: embedding: expected positions from 0 to 2, got 3]`,
    );
    expect(() => embedding(table(), i32([-1]))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: embedding: expected positions from 0 to 2, got -1]`,
    );
    expect(() => embedding(table(), i32([0]), { paddingIndex: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: embedding: expected the padding to be one of 3 rows, got 3]`,
    );
    expect(() => embedding(zeros([2]), i32([0]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: embedding: expected a table [rows, features], got [2]]`,
    );
  });
});

describe("embeddingBag", () => {
  const index = i32([0, 2, 1, 2]);
  const offsets = i32([0, 2, 2]);

  it("reduces bags, and gives zeros for an empty one", () => {
    const of = (mode: "sum" | "mean" | "max") => embeddingBag(table(), index, { mode, offsets }).toArray();
    expect(of("sum")).toEqual([
      [6, 8],
      [0, 0],
      [8, 10],
    ]);
    expect(of("mean")).toEqual([
      [3, 4],
      [0, 0],
      [4, 5],
    ]);
    expect(of("max")).toEqual([
      [5, 6],
      [0, 0],
      [5, 6],
    ]);
    expect(embeddingBag(table(), i32([[0, 2]])).toArray()).toEqual([[3, 4]]);
    expect(
      embeddingBag(table(), i32([0, 1]), { offsets: i32([0, 1, 2]), includeLastOffset: true }).shape,
    ).toEqual([2, 2]);
  });

  it("leaves the padding out of its bag, and of the count of a mean", () => {
    expect(
      embeddingBag(
        table(),
        i32([
          [0, 1],
          [1, 1],
        ]),
        { paddingIndex: 1 },
      ).toArray(),
    ).toEqual([
      [1, 2],
      [0, 0],
    ]);
  });

  it("weighs rows, with gradients for the weights", () => {
    const perSampleWeights = parameter([2, -1, 0, 1], { dtype: "f64" });
    const bags = embeddingBag(table(), index, { mode: "sum", offsets, perSampleWeights });
    expect(bags.toArray()).toEqual([
      [-3, -2],
      [0, 0],
      [5, 6],
    ]);
    backward(sum(bags));
    expect(perSampleWeights.grad?.toArray()).toEqual([3, 11, 7, 11]);
    expect(() =>
      embeddingBag(table(), index, { offsets, perSampleWeights }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: embeddingBag: expected weights only with sums, not with, got "mean"]`,
    );
  });

  it("gives the gradient of a tie to the first, and keeps NaN", () => {
    const w = parameter([
      [1, 2],
      [1, 3],
      [1, Number.NaN],
    ]);
    backward(sum(embeddingBag(w, i32([[1, 0]]), { mode: "max" })));
    expect(w.grad?.toArray()).toEqual([
      [0, 0],
      [1, 1],
      [0, 0],
    ]);
    expect(embeddingBag(w, i32([[0, 2, 1]]), { mode: "max" }).toArray()).toEqual([[1, Number.NaN]]);
  });

  it("refuses offsets that do not ascend from 0, and indices without", () => {
    expect(() => embeddingBag(table(), index)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: embeddingBag: expected an index [bags, n], or [n] and offsets [bags], got [4]]`,
    );
    expect(() => embeddingBag(table(), index, { offsets: i32([1]) })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: embeddingBag: expected offsets that ascend from 0, got [1]]`,
    );
    expect(() =>
      embeddingBag(table(), index, { offsets: i32([0, 3, 2]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: embeddingBag: expected offsets that ascend from 0, got [0, 3, 2]]`,
    );
    expect(() => embeddingBag(table(), index, { offsets: i32([0, 5]) })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: embeddingBag: expected positions from 0 to 4, got 5]`,
    );
    expect(() =>
      embeddingBag(table(), i32([[0]]), { mode: "min" as "max" }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: embeddingBag: expected one of sum, mean, max, got "min"]`,
    );
  });
});
