import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { singularValues } from "../../../src/kernels/linalg/svd.ts";
import { drawn, largest, ofRank, roundings, skewness, times, turned } from "./matrices.ts";

/** Σ uᵢ sᵢ vᵢᵀ, from vectors as rows, [m, n]. */
function rebuilt(found: ReturnType<typeof singularValues>, n: number, m: number): Float64Array {
  const scaled = found.right.map((x, at) => x * found.values[Math.floor(at / n)]);
  return times(turned(found.left, n, m), scaled, m, n, n);
}

describe("singularValues", () => {
  it("takes any matrix that is not wide apart and puts it together again, by orthonormal vectors", () => {
    const cases = fc.record({
      n: fc.integer({ min: 0, max: 12 }),
      more: fc.integer({ min: 0, max: 6 }),
      lost: fc.integer({ min: 0, max: 12 }),
      exponent: fc.constantFrom(-300, -20, 0, 20, 300),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    fc.assert(
      fc.property(cases, ({ n, more, lost, exponent, seed }) => {
        const m = n + more;
        const a = ofRank(m, n, Math.max(0, n - lost), seed).map((x) => x * 2 ** exponent);
        const found = singularValues(turned(a, m, n), n, m);
        expect(roundings(rebuilt(found, n, m), a)).toBeLessThan(60);
        expect(skewness(found.left, n, m)).toBeLessThan(60);
        expect(skewness(found.right, n, n)).toBeLessThan(60);
        found.values.forEach((value, k) => {
          expect(value).toBeGreaterThanOrEqual(found.values[k + 1] ?? 0);
        });
        const kept = found.values.filter((value) => value > 1e-12 * (found.values[0] ?? 0));
        expect(kept.length).toBeLessThanOrEqual(Math.max(0, n - lost));
      }),
    );
  });

  it("keeps the digits of small singular values of scaled columns", () => {
    const n = 6;
    const scales = Float64Array.from({ length: n }, (_, k) => 10 ** (-6 * k));
    const a = drawn(n, n, 3);
    const scaled = singularValues(
      turned(
        a.map((x, at) => x * scales[at % n]),
        n,
        n,
      ),
      n,
      n,
    );
    // The product of all is |det|, and the columns' scales multiply it: no digit may be lost over 90 powers of ten.
    const product = (values: Float64Array): number => values.reduce((all, value) => all * value, 1);
    const expected = product(singularValues(turned(a, n, n), n, n).values) * product(scales);
    expect(Math.abs(product(scaled.values) / expected - 1)).toBeLessThan(1e-12);
  });

  it("completes the vectors of a matrix of zeros", () => {
    const found = singularValues(new Float64Array(6), 2, 3);
    expect(found.values).toEqual(new Float64Array(2));
    expect(skewness(found.left, 2, 3)).toBe(0);
    expect(skewness(found.right, 2, 2)).toBe(0);
  });

  it("completes the vectors by one that is orthogonal where the first choice is not", () => {
    // The first two axes are spoken for, if only up to rounding.
    const found = singularValues(Float64Array.of(1, 2, 0, 2.5, -1, 0, 0, 0, 0), 3, 3);
    expect(skewness(found.left, 3, 3)).toBeLessThan(10);
    expect(Math.abs(found.left[8])).toBe(1);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("is NaN where an element is %s", (wrong) => {
    const { values, left, right } = singularValues(Float64Array.of(1, wrong, 2, 3), 2, 2);
    for (const part of [values, left, right]) expect(part.every(Number.isNaN)).toBe(true);
  });

  it("finds the values of a large matrix, whose squares add up to that of its elements", () => {
    const a = drawn(60, 40, 5);
    const { values } = singularValues(turned(a, 60, 40), 40, 60);
    const square = (x: Float64Array): number => x.reduce((sum, value) => sum + value * value, 0);
    expect(square(values) / square(a)).toBeCloseTo(1, 13);
    expect(largest(values)).toBe(values[0]);
  });
});
