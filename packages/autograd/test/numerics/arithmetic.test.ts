import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maximumBetween, rootBetween } from "../../src/numerics/bracket.ts";
import { gaussianExp, productError } from "../../src/numerics/exact-product.ts";
import { log1pMinus } from "../../src/numerics/log1p-minus.ts";
import { nextDown, nextUp } from "../../src/numerics/next-after.ts";
import { chebyshevSeries, polynomial } from "../../src/numerics/polynomial.ts";
import { piCotangentPi, sinePi } from "../../src/numerics/sine-pi.ts";
import { ulp } from "./ulp.ts";

describe("exact products", () => {
  it("know their rounding error to the last bit", () => {
    const whole = fc.integer({ min: 2 ** 30, max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(whole, whole, whole, whole, (a, b, c, d) => {
        const [x, y] = [a * 2 ** 21 + (b >> 10), c * 2 ** 21 + (d >> 10)];
        expect(BigInt(x * y) + BigInt(productError(x, y, x * y))).toBe(BigInt(x) * BigInt(y));
      }),
    );
  });

  it("keep e^(-x²) where x² has lost digits", () => {
    const x = 25.3;
    expect(Math.abs(gaussianExp(x, 1) / 1.0290703813688983e-278 - 1)).toBeLessThan(1e-15);
    expect([gaussianExp(1e300, 1), gaussianExp(Infinity, 0.5), gaussianExp(0, 1)]).toEqual([0, 0, 1]);
  });
});

describe("series", () => {
  it("evaluate powers and Chebyshev polynomials", () => {
    expect(polynomial([1, -2, 3], 2)).toBe(9);
    for (const t of [-1, -0.3, 0, 0.8, 1])
      expect(chebyshevSeries([1, 2, 3], t)).toBeCloseTo(1 + 2 * t + 3 * (2 * t * t - 1), 15);
  });

  it("keep log(1 + u) - u at small u", () => {
    for (const u of [1e-8, -1e-8, 1e-5])
      expect(log1pMinus(u) / (-(u * u) / 2 + u ** 3 / 3)).toBeCloseTo(1, 9);
    for (const u of [-0.9, -0.4, 0.7, 3]) expect(log1pMinus(u)).toBeCloseTo(Math.log1p(u) - u, 15);
  });
});

describe("sinePi", () => {
  it("is exactly zero at whole numbers and follows the sine between", () => {
    expect([0, 1, 2, -3, 1e15].map((x) => Math.abs(sinePi(x)))).toEqual([0, 0, 0, 0, 0]);
    for (const x of [0.1, 0.3, 0.5, 0.9, 1.2, 1.7, -0.4, -1.1])
      expect(sinePi(x)).toBeCloseTo(Math.sin(Math.PI * x), 15);
    for (const x of [0.1, 0.3, 0.9, -0.4])
      expect(piCotangentPi(x)).toBeCloseTo(Math.PI / Math.tan(Math.PI * x), 13);
    expect(sinePi(Infinity)).toBeNaN();
  });
});

describe("nextUp and nextDown", () => {
  it("step by one ulp and through zero", () => {
    for (const x of [1, 1.5, 1e300, 5e-324]) expect(nextUp(x) - x).toBe(ulp(x));
    expect([nextUp(0), nextUp(-0), nextDown(0), nextUp(-5e-324)]).toEqual([5e-324, 5e-324, -5e-324, -0]);
    expect(nextDown(nextUp(-3.7))).toBe(-3.7);
  });
});

describe("brackets", () => {
  it("find a root to the last digits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (n) => {
        const root = rootBetween((x) => x ** 3 - n, 0, n + 1);
        expect(Math.abs(root / Math.cbrt(n) - 1)).toBeLessThan(1e-15);
      }),
    );
    expect(rootBetween((x) => (x < 0.3 ? -1 : 1), 0, 1)).toBeCloseTo(0.3, 15);
  });

  it("find a maximum, inside or at an end", () => {
    const { place, value } = maximumBetween((x) => -((x - 0.7) ** 2) + 5, 0, 3);
    expect(place).toBeCloseTo(0.7, 7);
    expect(value).toBe(5);
    expect(maximumBetween((x) => x, 0, 2).value).toBeCloseTo(2, 11);
  });
});
