import { describe, expect, it } from "vitest";
import {
  entr,
  exp2,
  floatPower,
  frexp,
  gradients,
  ldexp,
  logaddexp,
  logaddexp2,
  logit,
  parameter,
  sum,
  type Tensor,
  tensor,
  xlog1py,
  xlogy,
} from "../../../src/index.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });
const slopes = (f: (...x: Tensor[]) => Tensor, ...operands: number[][]): unknown[] => {
  const leaves = operands.map((values) => parameter(f64(values)));
  return gradients(sum(f(...leaves)), leaves).map((gradient) => gradient.toArray());
};

describe("logarithms of sums", () => {
  it("neither overflow nor lose the smaller term", () => {
    expect(
      logaddexp(
        f64([1000, -1000, 0, inf, -inf, inf, nan]),
        f64([1000, -1001, -40, 1, -inf, -inf, 1]),
      ).toArray(),
    ).toEqual([1000 + Math.LN2, -1000 + Math.log1p(Math.exp(-1)), Math.exp(-40), inf, -inf, inf, nan]);
    expect(logaddexp2(f64([1000, 0, -inf]), f64([1000, -60, -inf])).toArray()).toEqual([
      1001,
      2 ** -60 * Math.LOG2E,
      -inf,
    ]);
  });

  it("share the derivative like a softmax, evenly between equal infinities", () => {
    expect(slopes(logaddexp, [0, 800, inf, -inf, inf], [0, -800, inf, -inf, 0])).toEqual([
      [0.5, 1, 0.5, 0.5, 1],
      [0.5, 0, 0.5, 0.5, 0],
    ]);
    expect(slopes(logaddexp2, [1, -inf], [1, 5])).toEqual([
      [0.5, 0],
      [0.5, 1],
    ]);
  });
});

describe("x log y", () => {
  it("is 0 at x = 0 whatever y is, but for NaN", () => {
    expect(xlogy(f64([0, 0, 0, 0, 2, 1]), f64([0, -1, inf, nan, 1, 0])).toArray()).toEqual([
      0,
      0,
      0,
      nan,
      0,
      -inf,
    ]);
    expect(xlog1py(f64([0, 0, 0, 1]), f64([-1, -2, nan, 1e-20])).toArray()).toEqual([0, 0, nan, 1e-20]);
  });

  it("has PyTorch's derivatives there", () => {
    expect(slopes(xlogy, [0, 0, 0, 3], [0, 1, -1, 1])).toEqual([
      [0, 0, 0, 0],
      [nan, 0, -0, 3],
    ]);
    expect(slopes(xlog1py, [0, 0, 0, 3], [-1, 0, -2, 0])).toEqual([
      [0, 0, 0, 0],
      [nan, 0, -0, 3],
    ]);
    expect(slopes(entr, [0, 1, -1])).toEqual([[inf, -1, nan]]);
    expect(entr(f64([0, 1, -1, nan])).toArray()).toEqual([0, -0, -inf, nan]);
  });
});

describe("logit", () => {
  it("keeps its digits at its zero and at both ends", () => {
    expect(logit(f64([0, 1, 0.5, 1.5, -0.5])).toArray()).toEqual([-inf, inf, 0, nan, nan]);
    expect(logit(f64(0.5 + 2 ** -40)).item()).toBe(2 ** -38);
    expect(logit(f64(1e-300)).item()).toBeCloseTo(-300 * Math.LN10, 11);
  });

  it("has no gradient outside the margin", () => {
    expect(logit(f64([-1, 0.1, 0.9]), 0.2).toArray()).toEqual(logit(f64([0.2, 0.2, 0.8])).toArray());
    expect(slopes((x) => logit(x, 0.25), [-1, 0.1, 0.5, 0.9])).toEqual([[0, 0, 4, 0]]);
  });
});

describe("powers of two", () => {
  it("are exact", () => {
    expect(exp2(f64([-1074, -3, 0, 10, 1024])).toArray()).toEqual([2 ** -1074, 0.125, 1, 1024, inf]);
    expect(ldexp(f64([3, 2 ** -1074, 0, 1]), f64([4, 1080, 2000, -inf])).toArray()).toEqual([48, 64, 0, 0]);
    const [mantissa, exponent] = frexp(f64([0, -8, 2 ** -1074, inf, nan]));
    expect(mantissa.toArray()).toEqual([0, -0.5, 0.5, inf, nan]);
    expect([exponent.dtype, exponent.toArray()]).toEqual(["i32", [0, 4, -1073, 0, 0]]);
  });

  it("scale derivatives exactly", () => {
    expect(slopes((x) => frexp(x)[0], [0.75, -8, 3])).toEqual([[1, 1 / 16, 0.25]]);
    expect(slopes(ldexp, [3], [4])).toEqual([[16], [48 * Math.LN2]]);
  });

  it("floatPower is double whatever comes", () => {
    const power = floatPower(tensor([2, 3], { dtype: "i32" }), 0.5);
    expect([power.dtype, power.toArray()]).toEqual(["f64", [Math.SQRT2, Math.sqrt(3)]]);
  });
});
