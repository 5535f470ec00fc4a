import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { besselI, besselIScaled } from "../../src/numerics/bessel-i.ts";

const { POSITIVE_INFINITY: inf } = Number;
const argument = fc.integer({ min: 1, max: 60_000 }).map((n) => n / 1000);
const order = fc.integer({ min: -6, max: 6 });

describe("modified Bessel functions", () => {
  it("have their values at 0, their limits, and their parity", () => {
    expect([0, 1, 2, -3].map((n) => besselI(n, 0))).toEqual([1, 0, 0, 0]);
    expect([besselI(0, inf), besselI(0, -inf), besselI(1, -inf)]).toEqual([inf, inf, -inf]);
    expect([besselIScaled(0, inf), besselIScaled(2, -inf)]).toEqual([0, 0]);
    expect([besselI(0, Number.NaN), besselIScaled(1, Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
    expect([besselI(0, -3), besselI(1, -3)]).toEqual([besselI(0, 3), -besselI(1, 3)]);
    expect(besselI(-2, 3)).toBe(besselI(2, 3));
  });

  it("obey the recurrence from order to order, across the change of series", () => {
    fc.assert(
      fc.property(order, argument, (n, x) => {
        const [below, above] = [besselIScaled(n - 1, x), besselIScaled(n + 1, x)];
        const error = below - above - ((2 * n) / x) * besselIScaled(n, x);
        expect(Math.abs(error)).toBeLessThan(4e-14 * Math.max(below, above));
      }),
    );
  });

  it("reach to the largest number, scaled beyond it", () => {
    expect(besselI(0, 713)).toBeLessThan(inf);
    expect(besselI(0, 713) / Math.exp(709) / Math.exp(4)).toBeCloseTo(besselIScaled(0, 713), 12);
    expect(besselI(0, 720)).toBe(inf);
    expect(besselIScaled(0, 1e300) * Math.sqrt(2 * Math.PI * 1e300)).toBeCloseTo(1, 14);
  });
});
