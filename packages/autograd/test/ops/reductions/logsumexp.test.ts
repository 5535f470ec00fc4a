import { describe, expect, it } from "vitest";
import { logSoftmax, logsumexp, softmax, softmin, sum, tensor, zeros } from "../../../src/index.ts";
import { gradientOf } from "./gradient-of.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

describe("logsumexp and its kin", () => {
  it("do not overflow, and know infinities", () => {
    expect(logsumexp(tensor([1000, 1000], { dtype: "f64" })).item()).toBe(1000 + Math.LN2);
    expect(logsumexp(tensor([-inf, 0])).item()).toBe(0);
    expect(logsumexp(tensor([-inf, -inf])).item()).toBe(-inf);
    expect(logsumexp(tensor([inf, 0])).item()).toBe(inf);
    expect(logsumexp(tensor([inf, -inf])).item()).toBe(inf);
    expect(logsumexp(tensor([nan, 0])).item()).toBeNaN();
  });

  it("give masked elements no gradient", () => {
    expect(gradientOf((v) => logsumexp(v), [-inf, 0, 0])).toEqual([0, 0.5, 0.5]);
    expect(gradientOf((v) => sum(softmax(v)), [-inf, 1])).toEqual([0, 0]);
    expect(softmax(tensor([-inf, 3, 3])).toArray()).toEqual([0, 0.5, 0.5]);
    expect(logSoftmax(tensor([-inf, 3])).toArray()).toEqual([-inf, 0]);
    expect(softmax(tensor([nan, 1])).toArray()).toEqual([nan, nan]);
  });

  it("sum to one, and keep what underflows", () => {
    const rows = tensor(
      [
        [1000, 1001],
        [-1000, -1001],
      ],
      { dtype: "f64" },
    );
    expect(sum(softmax(rows), { axis: 1 }).toArray()).toEqual([1, 1]);
    expect(logSoftmax(tensor([0, -800], { dtype: "f64" })).toArray()).toEqual([0, -800]);
  });

  it("take a scalar, nothing, and another element type to compute in", () => {
    for (const f of [softmax, softmin]) expect(f(tensor(3), 0).toArray()).toBe(1);
    expect(logSoftmax(tensor(3)).toArray()).toBe(0);
    for (const f of [softmax, softmin, logSoftmax]) expect(f(zeros([2, 0])).shape).toEqual([2, 0]);
    expect(softmax(tensor([0, 1], { dtype: "i32" }), 0, { dtype: "f64" })).toMatchObject({ dtype: "f64" });
    expect(softmin(tensor([0, 1], { dtype: "f64" })).toArray()).toEqual(
      softmax(tensor([1, 0], { dtype: "f64" })).toArray(),
    );
  });
});
