import { describe, expect, it } from "vitest";
import { norm, parameter, type Tensor, tensor, vectorNorm, zeros } from "../../../src/index.ts";
import { gradientOf, secondGradientOf } from "./gradient-of.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const close = (values: readonly number[]): unknown =>
  values.map((value) => (Number.isNaN(value) ? nan : expect.closeTo(value, 14)));
const withOrd =
  (ord: number) =>
  (x: Tensor): Tensor =>
    vectorNorm(x, { ord });

// PyTorch 1.13 for [3, 0, -4], and the second derivative at [0, 0]: NaN where it does not exist.
const answers: readonly [ord: number, value: number, gradient: number[], second: number[], atZero: number][] =
  [
    [-inf, 0, [0, 0, 0], [0, 0, 0], 0],
    [-1, 0, [0, 0, 0], [0, nan, 0], nan],
    [-0.5, 0, [0, 0, 0], [0, nan, 0], nan],
    [
      0.5,
      13.928203230275509,
      [2.154700538379252, 0, -1.8660254037844386],
      [-0.3367876570272817, nan, -0.2525907427704613],
      nan,
    ],
    [1, 7, [1, 0, -1], [0, 0, 0], 0],
    [
      1.5,
      5.584250376480029,
      [0.7329564758289748, 0, -0.8463452372482761],
      [0.12960078984776482, nan, 0.09720059238582361],
      nan,
    ],
    [2, 5, [0.6, 0, -0.8], [0.224, 0.2, 0.168], nan],
    [
      3,
      4.497941445275415,
      [0.4448513517305356, 0, -0.7908468475209521],
      [0.3650062373173625, 0, 0.2737546779880219],
      0,
    ],
    [
      4,
      4.284572294953817,
      [0.34327433817137415, 0, -0.813687320109924],
      [0.4563409599429544, 0, 0.34225571995721565],
      0,
    ],
    [inf, 4, [0, 0, -1], [0, 0, 0], 0],
  ];

describe.each(answers)("the norm of exponent %d", (ord, value, gradient, second, atZero) => {
  const data = [3, 0, -4];

  it("has PyTorch's value and derivatives", () => {
    expect(vectorNorm(tensor(data, { dtype: "f64" }), { ord }).item()).toBeCloseTo(value, 14);
    expect(gradientOf(withOrd(ord), data)).toEqual(close(gradient));
    expect(secondGradientOf(withOrd(ord), data)).toEqual(close(second));
  });

  it("has derivative zero at zero, but not always a second one", () => {
    expect(gradientOf(withOrd(ord), [0, 0])).toEqual(close([0, 0]));
    expect(secondGradientOf(withOrd(ord), [0, 0])).toEqual(close([atZero, atZero]));
  });
});

describe("norms", () => {
  it("keep NaN", () => {
    for (const ord of [-inf, -1, 0.5, 1, 2, 3, inf]) expect(withOrd(ord)(tensor([1, nan])).item()).toBeNaN();
    expect(norm(tensor([0, nan])).item()).toBeNaN();
  });

  it("of exponent 0 count what is not zero, NaN too, and have no gradient", () => {
    const count = withOrd(0)(parameter([3, 0, -4, nan]));
    expect([count.item(), count.dtype, count.requiresGrad]).toEqual([3, "f32", false]);
  });

  it("share the gradient of an extremum evenly", () => {
    expect(gradientOf(withOrd(inf), [3, -3, 1])).toEqual([0.5, -0.5, 0]);
    expect(gradientOf(withOrd(-inf), [3, -1, 1])).toEqual([0, -0.5, 0.5]);
  });

  it("of whole numbers are reals, of nothing zero where that has a meaning", () => {
    expect(vectorNorm(tensor([3, 4], { dtype: "i32" }))).toMatchObject({ dtype: "f32" });
    for (const ord of [0, 1, 2, 3]) expect(withOrd(ord)(zeros([0])).item()).toBe(0);
    expect(() => withOrd(inf)(zeros([0]))).toThrow("expected at least one element");
  });

  it("take PyTorch's names", () => {
    const x = tensor([
      [3, 4],
      [6, 8],
    ]);
    expect(norm(x, { axis: 1 }).toArray()).toEqual([5, 10]);
    expect(norm(x, { p: "fro", axis: 1, keepDims: true }).toArray()).toEqual([[5], [10]]);
    expect(norm(x, { p: 1 }).item()).toBe(21);
  });
});
