import { describe, expect, it } from "vitest";
import { cummax, cummin, cumprod, cumsum, logcumsumexp, tensor } from "../../../src/index.ts";
import { gradientOf, secondGradientOf } from "./gradient-of.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe("sums and products so far", () => {
  it("go along an axis, the last if none is named", () => {
    expect(cumsum(x).toArray()).toEqual([
      [1, 3, 6],
      [4, 9, 15],
    ]);
    expect(cumsum(x, 0).toArray()).toEqual([
      [1, 2, 3],
      [5, 7, 9],
    ]);
    expect(cumprod(x, -1).toArray()).toEqual([
      [1, 2, 6],
      [4, 20, 120],
    ]);
    expect([cumsum(tensor(3), 0).toArray(), cumprod(tensor(3)).toArray()]).toEqual([3, 3]);
    expect(() => cumsum(x, 2)).toThrow("cumsum: expected an axis of a tensor of rank 2, got 2");
  });

  it("count truth values", () => {
    expect(cumsum(tensor([true, false, true]))).toMatchObject({ dtype: "i32" });
    expect(cumsum(tensor([true, false, true])).toArray()).toEqual([1, 1, 2]);
  });

  it("have exact derivatives where factors are zero: PyTorch's", () => {
    expect(gradientOf((v) => cumprod(v), [3, 0, 2, 0, 5])).toEqual([1, 9, 0, 0, 0]);
    expect(secondGradientOf((v) => cumprod(v), [3, 0, 2, 0, 5])).toEqual([3, 42, 3, 36, 0]);
    expect(gradientOf((v) => cumprod(v), [2, 3, 4])).toEqual([16, 10, 6]);
    expect(secondGradientOf((v) => cumprod(v), [2, 3, 4])).toEqual([8, 7, 5]);
  });

  it("do not overflow on the way", () => {
    expect(cumprod(tensor([1e-200, 1e200, 1e200], { dtype: "f64" })).toArray()).toEqual([1e-200, 1, 1e200]);
    expect(gradientOf((v) => cumprod(v), [1e-200, 1e200, 1])).toEqual([1 + 1e200 + 1e200, 2e-200, 1]);
  });
});

describe("extrema so far", () => {
  it("are picked from the last of equals, and NaN from the first NaN on: PyTorch's", () => {
    const largest = cummax(tensor([1, 3, 3, nan, 5]));
    expect([largest.values.toArray(), largest.indices.toArray()]).toEqual([
      [1, 3, 3, nan, nan],
      [0, 1, 2, 3, 3],
    ]);
    const least = cummin(tensor([3, 1, 1, nan, 0]));
    expect([least.values.toArray(), least.indices.toArray()]).toEqual([
      [3, 1, 1, nan, nan],
      [0, 1, 2, 3, 3],
    ]);
    expect(gradientOf((v) => cummax(v).values, [1, 3, 3, 2])).toEqual([1, 1, 2, 0]);
    expect(cummax(tensor(2)).indices.toArray()).toBe(0);
  });
});

describe("log of the sum of exponentials so far", () => {
  it("gives masked elements no gradient", () => {
    expect(gradientOf((v) => logcumsumexp(v), [-inf, 0, 1, -inf])).toEqual([
      0,
      expect.closeTo(1.5378828427399902, 14),
      expect.closeTo(1.46211715726001, 14),
      0,
    ]);
  });

  it("keeps the digits of its derivatives where exponentials overflow", () => {
    const [low, high] = [
      [0, 1, 2],
      [1000, 1001, 1002],
    ].map((values) => gradientOf((v) => logcumsumexp(v), values));
    expect(high).toEqual((low as number[]).map((slope) => expect.closeTo(slope, 12)));
  });

  it("makes reals of whole numbers", () => {
    expect(logcumsumexp(tensor([1, 2], { dtype: "i32" }))).toMatchObject({ dtype: "f32" });
  });
});
