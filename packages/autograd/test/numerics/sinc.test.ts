import fc from "fast-check";
import { expect, it } from "vitest";
import { sincDerivative } from "../../src/numerics/sinc.ts";
import { cosinePi, sinePi } from "../../src/numerics/sine-pi.ts";

it("cos(πx) is exact in its zeros and agrees with the sine of a shifted angle", () => {
  expect([0.5, -1.5, 1e6 + 0.5, 0, 1, -2, 1e15].map(cosinePi)).toEqual([0, 0, 0, 1, -1, 1, 1]);
  expect([Number.POSITIVE_INFINITY, Number.NaN].map(cosinePi)).toEqual([Number.NaN, Number.NaN]);
  fc.assert(
    fc.property(fc.integer({ min: -64_000, max: 64_000 }), (n) => {
      const x = n / 1024;
      expect(cosinePi(x)).toBeCloseTo(sinePi(x + 0.5), 15);
    }),
  );
});

it("sinc is 1 at 0 and exactly 0 at the other whole numbers, with the derivatives of cos(πx) / x there", () => {
  expect(sincDerivative(0, 0)).toBe(1);
  for (const n of [1, -2, 7, 1e6]) {
    expect(sincDerivative(0, n)).toBe(0);
    expect(sincDerivative(1, n) * n).toBeCloseTo(Math.cos(Math.PI * (n % 2)), 14);
  }
  expect([0, 1, 2, 3, 4].map((n) => sincDerivative(n, 0) / Math.PI ** n + 0)).toEqual([
    1,
    0,
    -1 / 3,
    0,
    1 / 5,
  ]);
});

it("the two ways to a derivative meet where one takes over", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8 }), (n) => {
      const at = (n + 1) / Math.PI;
      const [below, above] = [at * (1 - 1e-12), at * (1 + 1e-12)].map((x) => sincDerivative(n, x));
      expect(Math.abs(below - above)).toBeLessThan(2e-11 * Math.PI ** n);
    }),
  );
});

it("passes NaN, and fades at infinity", () => {
  expect([sincDerivative(0, Number.NaN), sincDerivative(2, Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
  expect([sincDerivative(0, Number.POSITIVE_INFINITY), sincDerivative(3, Number.NEGATIVE_INFINITY)]).toEqual([
    0, 0,
  ]);
});
