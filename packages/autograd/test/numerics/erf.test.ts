import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erf, erfc, erfcx } from "../../src/numerics/erf.ts";
import { erfcinv, erfinv } from "../../src/numerics/erfinv.ts";

const moderate = fc.integer({ min: -6000, max: 6000 }).map((n) => n / 1000);

describe("erf", () => {
  it("has its limits and keeps the sign of a zero", () => {
    expect([erf(Infinity), erf(-Infinity), erf(0), erf(-0)]).toEqual([1, -1, 0, -0]);
    expect([erfc(Infinity), erfc(-Infinity), erfc(0)]).toEqual([0, 2, 1]);
    expect([erfcx(Infinity), erfcx(-Infinity), erfcx(0)]).toEqual([0, Infinity, 1]);
  });

  it("is odd, and one less the complement", () => {
    fc.assert(
      fc.property(moderate, (x) => {
        expect(erf(-x)).toBe(-erf(x));
        expect(erf(x) + erfc(x)).toBeCloseTo(1, 15);
      }),
    );
  });

  it("keeps the far tail that 1 - erf(x) loses", () => {
    expect(1 - erf(10)).toBe(0);
    expect(erfc(10) / 2.088487583762545e-45).toBeCloseTo(1, 14);
    expect(erfc(26) / 5.663192408856143e-296).toBeCloseTo(1, 14);
  });
});

describe("erfinv", () => {
  it("has its limits, its domain, and keeps the sign of a zero", () => {
    expect([erfinv(1), erfinv(-1), erfinv(0), erfinv(-0)]).toEqual([Infinity, -Infinity, 0, -0]);
    expect([erfcinv(0), erfcinv(2), erfcinv(1)]).toEqual([Infinity, -Infinity, 0]);
    expect([erfinv(1.1), erfinv(-1.1), erfcinv(-0.1), erfcinv(2.1)]).toEqual(Array(4).fill(Number.NaN));
  });

  it("undoes erf, and erfcinv erfc", () => {
    fc.assert(
      fc.property(moderate, (x) => {
        if (Math.abs(x) < 1) expect(erfinv(erf(x))).toBeCloseTo(x, 14);
        else if (x > 0) expect(erfcinv(erfc(x)) / x).toBeCloseTo(1, 14);
      }),
    );
  });

  it("reaches the smallest numbers", () => {
    expect(erfinv(Number.MIN_VALUE)).toBe(Number.MIN_VALUE);
    expect(erfcinv(Number.MIN_VALUE)).toBeCloseTo(27.21329321081295, 12);
  });
});
