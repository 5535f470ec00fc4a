import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import { digamma } from "../../src/numerics/digamma.ts";
import { hurwitzZeta } from "../../src/numerics/hurwitz-zeta.ts";
import { gamma1p, lgamma } from "../../src/numerics/lgamma.ts";
import { polygamma } from "../../src/numerics/polygamma.ts";

const positive = fc.integer({ min: 1, max: 40_000 }).map((n) => n / 1000);

describe("lgamma", () => {
  it("is infinite at the poles and at both ends, zero at 1 and 2", () => {
    expect([0, -0, -1, -7, Infinity, -Infinity].map(lgamma)).toEqual(Array(6).fill(Infinity));
    expect([lgamma(1), lgamma(2)]).toEqual([0, 0]);
    expect(lgamma(-1e-300)).toBeCloseTo(300 * Math.LN10, 10);
  });

  it("obeys Γ(x + 1) = x Γ(x)", () => {
    fc.assert(
      fc.property(positive, (x) => {
        const sizes = 1 + Math.abs(lgamma(x)) + Math.abs(Math.log(x));
        expect(Math.abs(lgamma(x + 1) - lgamma(x) - Math.log(x)) / sizes).toBeLessThan(4e-15);
      }),
    );
  });

  it("agrees with the factorials", () => {
    let factorial = 1;
    for (let n = 1; n <= 10; n++) {
      factorial *= n;
      expect(gamma1p(n) / factorial).toBeCloseTo(1, 14);
      expect(lgamma(n + 1)).toBeCloseTo(Math.log(factorial), 13);
    }
  });
});

describe("digamma", () => {
  it("has PyTorch's values at the poles and the ends", () => {
    expect([0, -0, -1, -7, Infinity, -Infinity].map(digamma)).toEqual([
      -Infinity,
      Infinity,
      Number.NaN,
      Number.NaN,
      Infinity,
      Number.NaN,
    ]);
  });

  it("obeys ψ(x + 1) = ψ(x) + 1/x on both sides of 0", () => {
    fc.assert(
      fc.property(positive, fc.boolean(), (size, flip) => {
        const x = flip ? -size - 0.0005 : size;
        const sizes = 1 + Math.abs(digamma(x)) + Math.abs(1 / x);
        expect(Math.abs(digamma(x + 1) - digamma(x) - 1 / x) / sizes).toBeLessThan(1e-11);
      }),
    );
  });
});

describe("polygamma", () => {
  it("has PyTorch's values at the poles and fades at Infinity", () => {
    for (const n of [1, 3])
      expect([0, -0, -1, -2].map((x) => polygamma(n, x))).toEqual(Array(4).fill(Infinity));
    for (const n of [2, 4])
      expect([0, -0, -1, -2].map((x) => polygamma(n, x))).toEqual(Array(4).fill(-Infinity));
    expect([polygamma(1, Infinity), polygamma(2, Infinity)]).toEqual([0, -0]);
    expect(polygamma(2, -Infinity)).toBeNaN();
  });

  it("is digamma at order 0 and ζ(2) at (1, 1)", () => {
    expect(polygamma(0, 3.7)).toBe(digamma(3.7));
    expect(polygamma(1, 1)).toBeCloseTo(Math.PI ** 2 / 6, 14);
    expect(hurwitzZeta(4, 1)).toBeCloseTo(Math.PI ** 4 / 90, 14);
  });

  it("refuses orders that are not whole, negative, or overflow", () => {
    for (const n of [0.5, -1, 171, Number.NaN]) expect(() => polygamma(n, 1)).toThrow(ArgumentError);
    expect(() => polygamma(0.5, 1)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: polygamma: expected a whole order from 0 to 170, got 0.5]`,
    );
  });
});

describe("hurwitzZeta", () => {
  it("has its pole and its domain", () => {
    expect([hurwitzZeta(1, 2), hurwitzZeta(2, 0), hurwitzZeta(2, -3)]).toEqual([
      Infinity,
      Infinity,
      Infinity,
    ]);
    expect([hurwitzZeta(0.5, 2), hurwitzZeta(2.5, -0.5), hurwitzZeta(2, -Infinity)]).toEqual(
      Array(3).fill(Number.NaN),
    );
  });

  it("loses one term a step, on both sides of 0", () => {
    fc.assert(
      fc.property(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 2, max: 6 }), (thousandths, s) => {
        const q = thousandths / 1000 + 0.0005;
        const sizes = Math.abs(hurwitzZeta(s, q)) + Math.abs(q ** -s);
        expect(Math.abs(hurwitzZeta(s, q) - q ** -s - hurwitzZeta(s, q + 1)) / sizes).toBeLessThan(1e-11);
      }),
    );
  });
});
