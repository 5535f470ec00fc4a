import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { symmetricEigen } from "../../../src/kernels/linalg/symmetric-eigen.ts";
import { drawn, ofRank, roundings, skewness, times, turned } from "./matrices.ts";

describe("symmetricEigen", () => {
  it("takes any symmetric matrix apart and puts it together again, by orthonormal vectors", () => {
    const cases = fc.record({
      n: fc.integer({ min: 0, max: 14 }),
      lost: fc.integer({ min: 0, max: 14 }),
      exponent: fc.constantFrom(-300, 0, 300),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    fc.assert(
      fc.property(cases, ({ n, lost, exponent, seed }) => {
        const half = ofRank(n, n, Math.max(0, n - lost), seed);
        const a = half.map((x, at) => (x + turned(half, n, n)[at]) * 2 ** exponent);
        const { values, vectors } = symmetricEigen(a, n);
        const scaled = vectors.map((x, at) => x * values[Math.floor(at / n)]);
        expect(roundings(times(turned(vectors, n, n), scaled, n, n, n), a)).toBeLessThan(60);
        expect(skewness(vectors, n, n)).toBeLessThan(60);
        expect([...values]).toEqual([...values].sort((x, y) => x - y));
      }),
    );
  });

  it("finds many eigenvalues, and those that are there more than once", () => {
    const n = 80;
    const half = drawn(n, n, 6);
    const generic = half.map((x, at) => x + turned(half, n, n)[at]);
    // A reflection has the eigenvalues 1 and, once, -1.
    const v = drawn(n, 1, 7);
    const square = v.reduce((sum, x) => sum + x * x, 0);
    const reflection = Float64Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return Number(i === j) - (2 * v[i] * v[j]) / square;
    });
    for (const a of [generic, reflection]) {
      const { values, vectors } = symmetricEigen(a, n);
      const scaled = vectors.map((x, at) => x * values[Math.floor(at / n)]);
      expect(roundings(times(turned(vectors, n, n), scaled, n, n, n), a)).toBeLessThan(200);
      expect(skewness(vectors, n, n)).toBeLessThan(200);
    }
    const { values } = symmetricEigen(reflection, n);
    expect(values[0]).toBeCloseTo(-1, 13);
    expect(values[1]).toBeCloseTo(1, 13);
  });

  it("reads the lower triangle alone", () => {
    const a = drawn(4, 4, 2);
    const other = a.map((x, at) => (at % 4 > Math.floor(at / 4) ? 100 : x));
    expect(symmetricEigen(other, 4)).toEqual(symmetricEigen(a, 4));
  });

  it("knows the eigenvalues of a chain of springs", () => {
    const n = 9;
    const a = Float64Array.from({ length: n * n }, (_, at) => {
      const apart = Math.abs(Math.floor(at / n) - (at % n));
      return apart === 0 ? 2 : apart === 1 ? -1 : 0;
    });
    symmetricEigen(a, n).values.forEach((value, k) => {
      expect(value).toBeCloseTo(4 * Math.sin(((k + 1) * Math.PI) / (2 * (n + 1))) ** 2, 14);
    });
  });

  it("is NaN where an element is", () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(1, 0, Number.NaN, 1), 2);
    expect([...values, ...vectors].every(Number.isNaN)).toBe(true);
  });
});
