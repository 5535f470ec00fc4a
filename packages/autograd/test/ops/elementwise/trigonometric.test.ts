import { describe, expect, it } from "vitest";
import {
  acosh,
  asinh,
  atan2,
  atanh,
  deg2rad,
  gradients,
  hypot,
  parameter,
  rad2deg,
  sinc,
  sum,
  type Tensor,
  tensor,
} from "../../../src/index.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const far = 2 ** 700;
const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });
const slopes = (f: (...x: Tensor[]) => Tensor, ...operands: number[][]): unknown[] => {
  const leaves = operands.map((values) => parameter(f64(values)));
  return gradients(sum(f(...leaves)), leaves).map((gradient) => gradient.toArray());
};

describe("angles and lengths", () => {
  it("know the quadrants, zeros and infinities", () => {
    expect(atan2(f64([0, -0, 1, -1, inf]), f64([-1, -1, 0, 0, inf])).toArray()).toEqual([
      Math.PI,
      -Math.PI,
      Math.PI / 2,
      -Math.PI / 2,
      Math.PI / 4,
    ]);
    expect(hypot(f64([3 * far, 0, -inf, nan]), f64([4 * far, -0, nan, 1])).toArray()).toEqual([
      5 * far,
      0,
      inf,
      nan,
    ]);
    expect(rad2deg(f64(Math.PI)).item()).toBe(180);
    expect(deg2rad(f64(180)).item()).toBe(Math.PI);
    expect(deg2rad(tensor([180], { dtype: "i32" })).dtype).toBe("f32");
  });

  it("have derivatives far out, and NaN at the origin, as in PyTorch", () => {
    expect(slopes(hypot, [3 * far, 0, 0], [4 * far, 0, 1])).toEqual([
      [0.6, nan, 0],
      [0.8, nan, 1],
    ]);
    expect(slopes(atan2, [0, 0, 3], [0, -1, 4])).toEqual([
      [nan, -1, 0.16],
      [nan, -0, -0.12],
    ]);
  });

  it("do not cancel at second order where one operand is much the smaller", () => {
    const [a, b] = [parameter(f64([1])), parameter(f64([1e-9]))];
    const [first] = gradients(sum(hypot(a, b)), [a], { createGraph: true });
    const [second] = gradients(sum(first), [a]);
    expect(second.item() / 1e-18).toBeCloseTo(1, 14);
  });
});

describe("inverse hyperbolic functions", () => {
  it("have their domains, and slopes far out", () => {
    expect(acosh(f64([1, 0.5, -2, inf])).toArray()).toEqual([0, nan, nan, inf]);
    expect(atanh(f64([1, -1, 1.5, 0])).toArray()).toEqual([inf, -inf, nan, 0]);
    expect(asinh(f64([-0, -inf])).toArray()).toEqual([-0, -inf]);
    expect(slopes(asinh, [1e200, 0])).toEqual([[1e-200, 1]]);
    expect(slopes(acosh, [1, 1e200])).toEqual([[inf, 1e-200]]);
  });
});

describe("sinc", () => {
  it("is flat at 0, with the curvature of its limit", () => {
    const x = parameter(f64([0, 1e-9]));
    const [first] = gradients(sum(sinc(x)), [x], { createGraph: true });
    const [second] = gradients(sum(first), [x]);
    expect(sinc(x).toArray()).toEqual([1, 1]);
    expect(first.values()[0]).toBe(-0);
    expect(first.values()[1] * 1e9).toBeCloseTo(-(Math.PI ** 2) / 3, 14);
    for (const curvature of second.values()) expect(curvature).toBeCloseTo(-(Math.PI ** 2) / 3, 14);
  });
});
