import { describe, expect, it } from "vitest";
import { std, stdMean, tensor, variance, varMean } from "../../../src/index.ts";
import { gradientOf, secondGradientOf } from "./gradient-of.ts";

describe("variance", () => {
  it("divides by the count, less the correction", () => {
    expect(variance(tensor([1, 2, 3, 4])).item()).toBeCloseTo(5 / 3, 6);
    expect(variance(tensor([1, 2, 3, 4]), { correction: 0 }).item()).toBe(1.25);
    expect(variance(tensor([1, 2, 3, 4]), { correction: 2 }).item()).toBe(2.5);
    expect(variance(tensor([5])).item()).toBeNaN();
    expect(variance(tensor([5]), { correction: 0 }).item()).toBe(0);
  });

  it("does not cancel for large means", () => {
    expect(variance(tensor([1e8, 1e8 + 1, 1e8 + 2], { dtype: "f64" })).item()).toBe(1);
  });
});

describe("standard deviation", () => {
  it("has derivative zero where it is zero, in second order too", () => {
    expect(gradientOf((x) => std(x), [2, 2, 2])).toEqual([0, 0, 0]);
    expect(secondGradientOf((x) => std(x), [2, 2, 2])).toEqual([0, 0, 0]);
    expect(gradientOf((x) => std(x), [2])).toEqual([Number.NaN]);
  });

  it("comes with the mean", () => {
    const x = tensor([
      [1, 3],
      [2, 6],
    ]);
    const spread = stdMean(x, { axis: 1, correction: 0 });
    expect([spread.std.toArray(), spread.mean.toArray()]).toEqual([
      [1, 2],
      [2, 4],
    ]);
    const square = varMean(x, { axis: 1, correction: 0, keepDims: true });
    expect([square.variance.toArray(), square.mean.toArray()]).toEqual([
      [[1], [4]],
      [[2], [4]],
    ]);
  });
});
