import { describe, expect, it } from "vitest";
import { abs, add, clamp, gt, lt, maximum, mul, neg, sign, sin, sub, tanh, where } from "../../src/index.ts";
import { Scalar } from "../../src/scalar/expression.ts";
import { kinksOf } from "../../src/scalar/kinks.ts";

const x = Scalar.input(0);

describe("kinks", () => {
  it("are none of smooth functions", () => {
    expect(kinksOf(tanh(mul(3, x)))).toEqual([]);
    expect(kinksOf(x)).toEqual([]);
  });

  it("lie where what a branch compares is equal", () => {
    expect(kinksOf(abs(x))).toEqual([0]);
    expect(kinksOf(sign(sub(x, 0.3)))).toEqual([0.3]);
    expect(kinksOf(maximum(0, add(x, 2)))).toEqual([-2]);
    expect(kinksOf(clamp(x, -1, 1.5))).toEqual([-1, 1.5]);
    expect(kinksOf(where(gt(x, 3), x, where(lt(x, -3), neg(x), 0)))).toEqual([-3, 3]);
  });

  it("are found to the last bit, and inside other functions", () => {
    const [kink] = kinksOf(abs(sub(mul(7, x), 2)));
    expect(Math.abs(7 * kink - 2)).toBeLessThan(1e-15);
    expect(kinksOf(abs(sub(x, 1 / 3)))).toEqual([1 / 3]);
    const waves = kinksOf(abs(sin(x)));
    expect(waves).toHaveLength(41);
    waves.forEach((zero, k) => {
      expect(Math.abs(zero - (k - 20) * Math.PI)).toBeLessThan(1e-13);
    });
  });

  it("are listed once, and within ±64", () => {
    expect(kinksOf(add(abs(x), maximum(x, 0)))).toEqual([0]);
    expect(kinksOf(abs(sub(x, 100)))).toEqual([]);
  });
});
