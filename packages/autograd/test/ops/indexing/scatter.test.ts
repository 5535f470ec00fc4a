import { describe, expect, it } from "vitest";
import {
  backward,
  diagonalScatter,
  gradients,
  indexAdd,
  indexCopy,
  indexFill,
  indexReduce,
  parameter,
  put,
  scatter,
  scatterAdd,
  scatterReduce,
  selectScatter,
  sliceScatter,
  sum,
  take,
  tensor,
  vmap,
  zeros,
} from "../../../src/index.ts";

const i32 = (values: Parameters<typeof tensor>[0]) => tensor(values, { dtype: "i32" });
const f64 = (values: Parameters<typeof parameter>[0]) => parameter(values, { dtype: "f64" });

describe("scattering", () => {
  it("replaces, the last of several staying, and gives each of them the gradient", () => {
    const [x, source] = [f64([1, 2, 3]), f64([4, 5, 6, 7])];
    const written = scatter(x, 0, i32([0, 2, 0]), source);
    expect(written.toArray()).toEqual([6, 2, 5]);
    backward(written, { cotangent: tensor([1, 10, 100]) });
    expect(x.grad?.toArray()).toEqual([0, 10, 0]);
    expect(source.grad?.toArray()).toEqual([1, 100, 1, 0]);
    expect(scatter(zeros([2, 2], "i32"), 1, i32([[1], [0]]), 3).toArray()).toEqual([
      [0, 3],
      [3, 0],
    ]);
  });

  it("adds", () => {
    expect(scatterAdd(f64([1, 2]), 0, i32([1, 1]), f64([10, 20])).toArray()).toEqual([1, 32]);
    expect(
      indexAdd(
        zeros([2, 2]),
        0,
        i32([1, 1]),
        tensor([
          [1, 2],
          [3, 4],
        ]),
        2,
      ).toArray(),
    ).toEqual([
      [0, 0],
      [8, 12],
    ]);
    expect(scatterAdd(f64([1]), 0, i32([]), f64([])).toArray()).toEqual([1]);
  });

  it("writes whole slices", () => {
    expect(indexCopy(zeros([2, 2]), 1, i32([1]), tensor([[1], [2]])).toArray()).toEqual([
      [0, 1],
      [0, 2],
    ]);
    expect(indexFill(zeros([2, 2]), 0, i32([1]), 3).toArray()).toEqual([
      [0, 0],
      [3, 3],
    ]);
    expect(indexReduce(zeros([2]), 0, i32([1, 1]), tensor([4, 2]), "mean").toArray()).toEqual([0, 2]);
  });

  it("writes what a view shows", () => {
    const x = zeros([2, 2]);
    const row = tensor([1, 2]);
    expect(selectScatter(x, row, 1, -1).toArray()).toEqual([
      [0, 1],
      [0, 2],
    ]);
    expect(sliceScatter(x, tensor([[1, 2]]), 0, { start: 1 }).toArray()).toEqual([
      [0, 0],
      [1, 2],
    ]);
    expect(diagonalScatter(x, tensor([5]), 1).toArray()).toEqual([
      [0, 5],
      [0, 0],
    ]);
    expect(() => selectScatter(x, tensor([1]), 0, 0)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: selectScatter: expected a source of the shape of the view, got [2] and [1]]`,
    );
    expect(() => sliceScatter(x, zeros([1, 2], "f64"), 0, { end: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: sliceScatter: expected one element type, got f32 and f64]`,
    );
  });

  it("takes and puts elements in a row, from both ends", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect(take(x, i32([[-1, 0]])).toArray()).toEqual([[4, 1]]);
    expect(take(tensor(5), i32([0, -1])).toArray()).toEqual([5, 5]);
    expect(put(x, i32([-1, 1]), tensor([8, 9])).toArray()).toEqual([
      [1, 9],
      [3, 8],
    ]);
    expect(() => take(x, i32([4]))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: take: expected positions from -4 to 3, got 4]`,
    );
    expect(() => take(zeros([0]), i32([0]))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: take: expected no positions, got 0]`,
    );
    expect(() => take(x, tensor([0]))).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: take: expected an index of i32, got f32]`,
    );
  });

  it("refuses what does not fit", () => {
    const x = zeros([2, 2]);
    expect(() => scatter(x, 0, i32([[2, 0]]), 1)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: scatter: expected positions from 0 to 1, got 2]`,
    );
    expect(() => scatter(x, 0, i32([[-1, 0]]), 1)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: scatter: expected positions from 0 to 1, got -1]`,
    );
    expect(() => scatter(x, 0, i32([0]), 1)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: scatter: expected an index of the same rank, not larger but along axis 0, got [2, 2] and [1]]`,
    );
    expect(() => scatterAdd(x, 0, i32([[0, 0]]), zeros([1, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: scatterAdd: expected an index of the rank of the source, and not larger, got [1, 2] and [1, 1]]`,
    );
    expect(() => scatterAdd(x, 0, i32([[0]]), zeros([1, 1], "f64"))).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: scatterAdd: expected one element type, got f32 and f64]`,
    );
    expect(() => indexAdd(x, 0, i32([0]), zeros([2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: indexAdd: expected a source of the shape of the slices, got [1, 2] and [2]]`,
    );
    expect(() => indexFill(x, 0, i32([0]), zeros([1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: indexFill: expected a number or a scalar, got [1]]`,
    );
    expect(() =>
      scatterReduce(x, 0, i32([[0]]), zeros([1, 1]), "max" as "amax"),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: scatterReduce: expected one of sum, prod, mean, amax, amin, got "max"]`,
    );
  });
});

describe("reductions of what comes to a place", () => {
  const index = i32([0, 0, 2]);
  const reduced = (reduction: "sum" | "prod" | "mean" | "amax" | "amin", includeSelf: boolean) =>
    scatterReduce(f64([4, 5, 6]), 0, index, f64([1, 3, 8]), reduction, { includeSelf }).toArray();

  it("count what is there, or do not", () => {
    expect(reduced("sum", true)).toEqual([8, 5, 14]);
    expect(reduced("sum", false)).toEqual([4, 5, 8]);
    expect(reduced("prod", true)).toEqual([12, 5, 48]);
    expect(reduced("prod", false)).toEqual([3, 5, 8]);
    expect(reduced("mean", true)).toEqual([8 / 3, 5, 7]);
    expect(reduced("mean", false)).toEqual([2, 5, 8]);
    expect(reduced("amax", true)).toEqual([4, 5, 8]);
    expect(reduced("amax", false)).toEqual([3, 5, 8]);
    expect(reduced("amin", true)).toEqual([1, 5, 6]);
    expect(reduced("amin", false)).toEqual([1, 5, 8]);
  });

  it("hold for whole numbers, which have no infinity", () => {
    const of = (reduction: "amax" | "amin") =>
      scatterReduce(i32([7, 7]), 0, i32([0]), i32([-3]), reduction, { includeSelf: false }).toArray();
    expect([of("amax"), of("amin")]).toEqual([
      [-3, 7],
      [-3, 7],
    ]);
  });

  it("let ties share evenly: three ways, what is there included", () => {
    const [x, source] = [f64([2]), f64([2, 1, 2])];
    backward(scatterReduce(x, 0, i32([0, 0, 0]), source, "amax"));
    expect([x.grad?.toArray(), source.grad?.toArray()]).toEqual([[1 / 3], [1 / 3, 0, 1 / 3]]);
  });

  it("keep NaN", () => {
    for (const reduction of ["sum", "prod", "mean", "amax", "amin"] as const) {
      const found = scatterReduce(f64([1, 1]), 0, i32([0, 0]), f64([Number.NaN, 2]), reduction);
      expect(found.toArray()).toEqual([Number.NaN, 1]);
    }
  });

  it("differentiate products exactly where factors are zero, to second order", () => {
    const factors = f64([0, 0, 5]);
    const product = scatterReduce(f64([3]), 0, i32([0, 0, 0]), factors, "prod");
    const [first] = gradients(sum(product), [factors], { createGraph: true });
    expect(first.toArray()).toEqual([0, 0, 0]);
    const [second] = gradients(first, [factors], { cotangent: tensor([1, 0, 0]) });
    expect(second.toArray()).toEqual([0, 15, 0]);
  });

  it("multiply long chains", () => {
    const twos = tensor(new Float64Array(1000).fill(2 ** 0.01));
    const [product] = scatterReduce(f64([1]), 0, i32(new Int32Array(1000)), twos, "prod").values();
    expect(Math.abs(product / 1024 - 1)).toBeLessThan(1e-12);
  });

  it("map over indices, one an example", () => {
    const each = vmap((places: typeof index) =>
      scatterReduce(tensor([1, 1]), 0, places, tensor([2, 3]), "prod"),
    );
    expect(
      each(
        i32([
          [0, 0],
          [1, 0],
        ]),
      ).toArray(),
    ).toEqual([
      [6, 1],
      [3, 2],
    ]);
  });
});
