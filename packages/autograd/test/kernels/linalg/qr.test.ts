import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { factorQr, orthogonalFactor } from "../../../src/kernels/linalg/qr.ts";
import { ofRank, roundings, skewness, times, turned } from "./matrices.ts";

describe("factorQr", () => {
  it("gives an orthogonal factor of any width and a triangular one, whose product is the matrix", () => {
    const cases = fc.record({
      m: fc.integer({ min: 0, max: 9 }),
      n: fc.integer({ min: 0, max: 9 }),
      rank: fc.integer({ min: 0, max: 9 }),
      whole: fc.boolean(),
      exponent: fc.constantFrom(-500, 0, 500),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    fc.assert(
      fc.property(cases, ({ m, n, rank, whole, exponent, seed }) => {
        const a = ofRank(m, n, rank, seed).map((x) => x * 2 ** exponent);
        const columns = whole ? m : Math.min(m, n);
        const factored = a.slice();
        const q = orthogonalFactor(factored, m, n, factorQr(factored, m, n), columns);
        const r = Float64Array.from({ length: columns * n }, (_, at) =>
          at % n >= Math.floor(at / n) ? factored[at] : 0,
        );
        expect(roundings(times(q, r, m, columns, n), a)).toBeLessThan(60);
        expect(skewness(turned(q, m, columns), columns, m)).toBeLessThan(60);
      }),
    );
  });

  it("has LAPACK's signs: the diagonal of R is opposite to the column, and the last column of a square is left alone", () => {
    const factored = Float64Array.of(3, 1, 4, 2);
    factorQr(factored, 2, 2);
    expect(factored[0]).toBeCloseTo(-5, 14);
    const negative = Float64Array.of(-3, 1, 4, 2);
    factorQr(negative, 2, 2);
    expect(negative[0]).toBeCloseTo(5, 14);
    const diagonal = Float64Array.of(2, 0, 0, 3);
    expect([...factorQr(diagonal, 2, 2)]).toEqual([0, 0]);
    expect([...diagonal]).toEqual([2, 0, 0, 3]);
  });
});
