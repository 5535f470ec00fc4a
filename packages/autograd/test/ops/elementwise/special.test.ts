import { describe, expect, it } from "vitest";
import {
  digamma,
  erfcx,
  erfinv,
  gradients,
  i0,
  i0e,
  i1,
  i1e,
  igamma,
  igammac,
  lgamma,
  logNdtr,
  mvlgamma,
  ndtri,
  parameter,
  polygamma,
  type Tensor,
  tensor,
  zeta,
} from "../../../src/index.ts";
import { polygamma as polygammaValue } from "../../../src/numerics/polygamma.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });

/** The derivatives of the first orders at one point. */
function derivatives(f: (x: Tensor) => Tensor, x: number, orders: number): number[] {
  const leaf = parameter(f64(x));
  let y = f(leaf);
  return Array.from({ length: orders }, () => {
    [y] = gradients(y, [leaf], { createGraph: true });
    return y.item();
  });
}

describe("gamma functions", () => {
  it("climb the ladder of derivatives", () => {
    derivatives(lgamma, 2.3, 4).forEach((value, n) => {
      expect(value / polygammaValue(n, 2.3)).toBeCloseTo(1, 13);
    });
    const [first, second] = derivatives((x) => polygamma(3, x), -1.3, 2);
    expect([first, second]).toEqual([polygammaValue(4, -1.3), polygammaValue(5, -1.3)]);
    expect(polygamma(0, f64(2.3)).item()).toBe(digamma(f64(2.3)).item());
  });

  it("refuse orders and dimensions that are none", () => {
    expect(() => polygamma(-1, 1)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: polygamma: expected a whole order from 0 to 170, got -1]`,
    );
    expect(() => mvlgamma(1, 0)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: mvlgamma: expected a whole dimension from 1 on, got 0]`,
    );
  });

  it("in several dimensions know their domain", () => {
    expect(mvlgamma(f64([1, 0.9, nan]), 3).toArray()).toEqual([inf, nan, nan]);
    // Γ₂(x) = √π Γ(x) Γ(x - 1/2), by the duplication formula π 2^(2 - 2x) Γ(2x - 1).
    expect(mvlgamma(f64(2.5), 2).item()).toBeCloseTo(Math.log(Math.PI * 2 ** -3 * 6), 14);
    expect(mvlgamma(tensor([4], { dtype: "i32" }), 1).item()).toBeCloseTo(Math.log(6), 6);
  });

  it("zeta sums powers, and has no derivative to the exponent", () => {
    expect(zeta(2, f64([1, 2])).values()[0]).toBeCloseTo(Math.PI ** 2 / 6, 14);
    expect(derivatives((q) => zeta(2, q), 1.5, 1)[0] / (-2 * zeta(3, f64(1.5)).item())).toBe(1);
    expect(() => zeta(parameter([2]), 1)).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: zeta: has no derivative to its first operand, and gradients flow there; detach it]`,
    );
  });
});

describe("incomplete gamma functions", () => {
  it("add to 1, and are the exponential distribution at 1", () => {
    const [a, x] = [f64([0.3, 1, 12]), f64([2, 2, 2])];
    const [lower, upper] = [igamma(a, x).values(), igammac(a, x).values()];
    lower.forEach((value, k) => {
      expect(value + upper[k]).toBeCloseTo(1, 15);
    });
    expect(upper[1]).toBeCloseTo(Math.exp(-2), 15);
    expect(igammac(1, f64(600)).item() / Math.exp(-600)).toBeCloseTo(1, 12);
  });

  it("have the gamma density as slope, far out too, and none to the first operand", () => {
    expect(derivatives((x) => igamma(3, x), 2, 2)).toEqual([
      expect.closeTo(2 * Math.exp(-2), 15),
      expect.closeTo(0, 15),
    ]);
    expect(derivatives((x) => igammac(1, x), 0, 1)).toEqual([-1]);
    expect(derivatives((x) => igamma(0.5, x), 0, 1)).toEqual([inf]);
    expect(derivatives((x) => igamma(50, x), 1e-3, 1)[0]).toBeGreaterThan(0);
    expect(() => igamma(parameter([2]), 1)).toThrow("igamma: has no derivative to its first operand");
  });
});

describe("functions of the normal distribution", () => {
  it("have their limits", () => {
    expect(erfinv(f64([1, -1, 2])).toArray()).toEqual([inf, -inf, nan]);
    expect(ndtri(f64([0, 0.5, 1, -1])).toArray()).toEqual([-inf, 0, inf, nan]);
    expect(logNdtr(f64([-inf, 0, inf])).toArray()).toEqual([-inf, -Math.LN2, -0]);
    expect(erfcx(f64([-inf, 0, inf])).toArray()).toEqual([inf, 1, 0]);
  });

  it("keep their slope and curvature far into the left tail, where the difference of two terms has none", () => {
    const [slope, curvature] = derivatives(logNdtr, -1e8, 2);
    expect(slope / 1e8).toBeCloseTo(1, 14);
    expect(curvature).toBeCloseTo(-1, 14);
    const [fall] = derivatives(erfcx, 1e6, 1);
    expect(fall * Math.sqrt(Math.PI) * 1e12).toBeCloseTo(-1, 11);
  });
});

describe("Bessel functions", () => {
  it("have the derivatives of their series at 0", () => {
    expect(derivatives(i0, 0, 4)).toEqual([0, 0.5, 0, 0.375]);
    expect(derivatives(i1, 0, 4)).toEqual([0.5, 0, 0.375, 0]);
    expect([derivatives(i0e, 0, 1), derivatives(i1e, 0, 1)]).toEqual([[0], [0.5]]);
  });

  it("scaled ones fall on both sides of 0", () => {
    const [right] = derivatives(i0e, 2, 1);
    const [left] = derivatives(i0e, -2, 1);
    expect(right).toBeLessThan(0);
    expect(left).toBe(-right);
    expect(derivatives(i1e, -2, 1)).toEqual(derivatives(i1e, 2, 1));
  });
});
