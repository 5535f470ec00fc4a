import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cofactors, cofactorsAlong } from "../../../src/kernels/linalg/cofactor.ts";

/** The determinant by expansion: exact for small whole numbers. */
function expansion(rows: readonly (readonly number[])[]): number {
  if (rows.length === 0) return 1;
  return rows[0].reduce((sum, x, j) => sum + (j % 2 === 0 ? x : -x) * expansion(without(rows, [0], [j])), 0);
}

const without = (
  rows: readonly (readonly number[])[],
  i: readonly number[],
  j: readonly number[],
): readonly (readonly number[])[] =>
  rows.filter((_, at) => !i.includes(at)).map((row) => row.filter((_, at) => !j.includes(at)));

/** The derivative to two elements at once: a minor with two rows and columns left out, and its sign. */
function second(rows: readonly (readonly number[])[], i: number, j: number, k: number, l: number): number {
  if (i === k || j === l) return 0;
  const sign = (-1) ** (i + j + k + l + Number(k > i) + Number(l > j));
  return sign * expansion(without(rows, [i, k], [j, l]));
}

const wholeMatrices = fc
  .record({ n: fc.integer({ min: 0, max: 4 }), rank: fc.integer({ min: 0, max: 4 }), seed: fc.integer() })
  .map(({ n, rank, seed }) => {
    let state = seed;
    const next = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return ((state >>> 24) % 5) - 2;
    };
    const [left, right] = [0, 1].map(() => Array.from({ length: n * rank }, next));
    const at = (i: number, j: number): number => {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += left[i * rank + k] * right[j * rank + k];
      return sum;
    };
    return {
      n,
      rows: Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => at(i, j))),
      direction: Float64Array.from({ length: n * n }, next),
    };
  });

const flat = (rows: readonly (readonly number[])[]): Float64Array => Float64Array.from(rows.flat());
const close = (found: Float64Array, expected: readonly number[]): void => {
  const scale = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  found.forEach((x, k) => {
    expect(Math.abs(x - expected[k])).toBeLessThan(1e-12 * scale);
  });
};

describe("the derivatives of the determinant, for matrices of any rank", () => {
  it("are the cofactors", () => {
    fc.assert(
      fc.property(wholeMatrices, ({ n, rows }) => {
        const expected = rows.flatMap((row, i) =>
          row.map((_, j) => (-1) ** (i + j) * expansion(without(rows, [i], [j]))),
        );
        close(cofactors(flat(rows), n), expected);
      }),
    );
  });

  it("and second minors", () => {
    fc.assert(
      fc.property(wholeMatrices, ({ n, rows, direction }) => {
        const expected = rows.flatMap((row, i) =>
          row.map((_, j) =>
            direction.reduce((sum, g, at) => sum + g * second(rows, i, j, Math.floor(at / n), at % n), 0),
          ),
        );
        close(cofactorsAlong(flat(rows), direction, n), expected);
      }),
    );
  });
});
