import { eigvalsh, tensor } from "@isograd/autograd";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tridiagonalEigen } from "../../src/instruments/tridiagonal.ts";

const element = fc.integer({ min: -4000, max: 4000 }).map((n) => n / 1000);
const matrixOf = (diagonal: readonly number[], below: readonly number[]) =>
  diagonal.map((value, i) =>
    diagonal.map((_, j) => (i === j ? value : Math.abs(i - j) === 1 ? below[Math.min(i, j)] : 0)),
  );

describe("tridiagonalEigen", () => {
  it("agrees with the dense solver, and its vectors are eigenvectors", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(element, element), { minLength: 1, maxLength: 9 }), (pairs) => {
        const [diagonal, below] = [pairs.map(([d]) => d), pairs.slice(1).map(([, e]) => e)];
        const matrix = matrixOf(diagonal, below);
        const { values, rows } = tridiagonalEigen(diagonal, below, [...diagonal.keys()]);
        const dense = [...eigvalsh(tensor(matrix, { dtype: "f64" })).values()];
        for (const [k, value] of values.entries()) {
          expect(Math.abs(value - dense[k])).toBeLessThan(1e-13);
          const vector = rows.map((row) => row[k]);
          expect(vector.reduce((sum, each) => sum + each * each, 0)).toBeCloseTo(1, 12);
          for (const [i, row] of matrix.entries())
            expect(row.reduce((sum, each, j) => sum + each * vector[j], -value * vector[i])).toBeCloseTo(
              0,
              11,
            );
        }
      }),
      { numRuns: 60 },
    );
  });

  it("knows the chain: 2 - 2 cos(kπ/(n + 1))", () => {
    const n = 50;
    const { values } = tridiagonalEigen(new Array(n).fill(2), new Array(n - 1).fill(-1), []);
    for (const [k, value] of values.entries())
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 13);
  });

  it("takes blocks, zeros and what is not finite", () => {
    expect(tridiagonalEigen([3, 1, 2], [0, 0], [0]).values).toEqual([1, 2, 3]);
    expect([...tridiagonalEigen([3, 1, 2], [0, 0], [0]).rows[0]]).toEqual([0, 0, 1]);
    expect(tridiagonalEigen([0, 0], [0], []).values).toEqual([0, 0]);
    expect(tridiagonalEigen([0, Number.NaN], [1], []).values).toEqual([Number.NaN, Number.NaN]);
    expect(tridiagonalEigen([1, 2], [Number.POSITIVE_INFINITY], [1]).rows[0][0]).toBeNaN();
  });
});
