import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { determinantOf, factorLu, identity, rowOrder, solveLu } from "../../../src/kernels/linalg/lu.ts";
import { drawn, largest, ofRank, roundings, times } from "./matrices.ts";

describe("factorLu", () => {
  it("gives factors whose product is the matrix with its rows in order, and multipliers of at most 1", () => {
    const cases = fc.record({
      m: fc.integer({ min: 0, max: 9 }),
      n: fc.integer({ min: 0, max: 9 }),
      rank: fc.integer({ min: 0, max: 9 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    fc.assert(
      fc.property(cases, ({ m, n, rank, seed }) => {
        const a = ofRank(m, n, rank, seed);
        const [k, lu] = [Math.min(m, n), a.slice()];
        const pivots = new Int32Array(k);
        factorLu(lu, m, n, pivots);
        const order = new Int32Array(m);
        rowOrder(pivots, order);
        const l = Float64Array.from({ length: m * k }, (_, at) => {
          const [i, j] = [Math.floor(at / k), at % k];
          return i === j ? 1 : i > j ? lu[i * n + j] : 0;
        });
        const u = Float64Array.from({ length: k * n }, (_, at) =>
          at % n >= Math.floor(at / n) ? lu[at] : 0,
        );
        const ordered = Float64Array.from(
          { length: m * n },
          (_, at) => a[order[Math.floor(at / n)] * n + (at % n)],
        );
        expect(roundings(times(l, u, m, k, n), ordered)).toBeLessThan(30);
        expect(largest(l)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("says where the first pivot is zero", () => {
    const pivots = new Int32Array(2);
    expect(factorLu(Float64Array.of(1, 2, 2, 4), 2, 2, pivots)).toBe(2);
    expect(factorLu(Float64Array.of(0, 2, 0, 4), 2, 2, pivots)).toBe(1);
    expect(factorLu(Float64Array.of(0, 1, 1, 0), 2, 2, pivots)).toBe(0);
    expect([...pivots]).toEqual([2, 2]);
  });

  it("makes all factors NaN where an element is", () => {
    const a = Float64Array.of(1, 2, Number.NaN, 4);
    expect(factorLu(a, 2, 2, new Int32Array(2))).toBe(0);
    expect(a.every(Number.isNaN)).toBe(true);
  });
});

describe("solveLu", () => {
  it("solves, and inverts", () => {
    const [n, k] = [7, 3];
    const [a, x] = [drawn(n, n, 1), drawn(n, k, 2)];
    const lu = a.slice();
    const pivots = new Int32Array(n);
    factorLu(lu, n, n, pivots);
    const b = times(a, x, n, n, k);
    solveLu(lu, n, pivots, b, k);
    expect(roundings(b, x)).toBeLessThan(1000);
    const inverse = identity(n);
    solveLu(lu, n, pivots, inverse, n);
    expect(roundings(times(a, inverse, n, n, n), identity(n))).toBeLessThan(1000);
  });
});

describe("determinantOf", () => {
  it("counts the exchanges", () => {
    const determinant = (...a: number[]): number => {
      const lu = Float64Array.from(a);
      const n = Math.sqrt(a.length);
      const pivots = new Int32Array(n);
      factorLu(lu, n, n, pivots);
      return determinantOf(lu, n, pivots);
    };
    expect(determinant(0, 1, 1, 0)).toBe(-1);
    expect(determinant(0, 1, 0, 0, 0, 1, 1, 0, 0)).toBe(1);
    expect(determinant(2, 0, 0, 0, 0, 3, 0, 4, 0)).toBe(-24);
    expect(determinant()).toBe(1);
  });
});
