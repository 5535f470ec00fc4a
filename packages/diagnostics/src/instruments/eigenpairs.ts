import type { Generator } from "@isograd/autograd";
import { Lanczos, type SymmetricMap } from "./lanczos.ts";
import { tridiagonalEigen } from "./tridiagonal.ts";
import { addTo, combine, gaussianVector, normOf, scaled } from "./vectors.ts";

/** An eigenvalue, how far off it can be, and its vector of length 1. */
export interface Eigenpair {
  readonly value: number;
  /** |Hv - value·v|: an eigenvalue lies within this distance. */
  readonly residual: number;
  readonly converged: boolean;
  readonly vector: Float64Array;
}

export interface Search {
  readonly count: number;
  /** The residual that is small enough, as a share of the largest |eigenvalue| seen. */
  readonly tolerance: number;
  /** Products with the matrix in one Lanczos process, at most. */
  readonly steps: number;
  readonly generator: Generator;
}

/**
 * The largest eigenvalues, in descending order, equal ones as often as they occur.
 *
 * One Lanczos process sees one vector of each eigenvalue. So where several are asked for, it is run again in the space that is orthogonal to those
 * found, until nothing larger than the last of them is left.
 */
export function largestEigenpairs(map: SymmetricMap, search: Search): Eigenpair[] {
  const count = Math.min(search.count, map.size);
  let found: Eigenpair[] = [];
  let largest = 0;
  for (let round = 0; round <= count; round++) {
    const excluded = found.map(({ vector }) => vector);
    if (count === 0 || excluded.length === map.size) break;
    const { pairs: next, scale } = explore(
      map,
      { ...search, count: round === 0 ? count : 1 },
      excluded,
      largest,
    );
    largest = scale;
    const least = found.length < count ? Number.NEGATIVE_INFINITY : found[count - 1].value;
    const slack = search.tolerance * largest;
    if (!next.some(({ value }) => value > least + slack || Number.isNaN(value))) break;
    found = [...found, ...next].sort((a, b) => b.value - a.value).slice(0, count);
    if (count === 1 || next.some(({ value }) => Number.isNaN(value))) break;
  }
  return found;
}

/** The smallest eigenvalues, in ascending order: the largest of the negative matrix. */
export function smallestEigenpairs(map: SymmetricMap, search: Search): Eigenpair[] {
  const negative: SymmetricMap = { ...map, apply: (v) => scaled(map.apply(v), -1) };
  return largestEigenpairs(negative, search).map((pair) => ({ ...pair, value: -pair.value }));
}

/** Between two looks at the eigenvalues, which cost little beside the products. */
const interval = 4;

/** @param known the largest |eigenvalue| that was seen before: what is small beside it is zero */
function explore(
  map: SymmetricMap,
  { count, tolerance, steps, generator }: Search,
  excluded: readonly Float64Array[],
  known: number,
): { readonly pairs: Eigenpair[]; readonly scale: number } {
  const process = new Lanczos(map, gaussianVector(generator, map.size), excluded);
  const { basis, diagonal, below } = process;
  while (!process.isClosed && basis.length < steps) {
    process.step();
    const { length: size } = basis;
    if (!Number.isFinite(diagonal[size - 1])) break;
    if (size < count || (size % interval !== 0 && !process.isClosed)) continue;
    const { values, rows } = tridiagonalEigen(diagonal, below, [size - 1]);
    const scale = Math.max(known, ...values.map(Math.abs));
    const bounds = Array.from(rows[0].slice(-count), (last) => Math.abs(below[size - 1] * last));
    // Half: the residual itself is measured afterwards, with rounding of its own.
    if (bounds.every((bound) => bound <= 0.5 * tolerance * scale)) break;
  }
  const size = basis.length;
  const { values, rows } = tridiagonalEigen(diagonal, below, [...basis.keys()]);
  const scale = Math.max(known, ...values.map(Math.abs));
  const pairs = values.slice(-count).map((value, k, kept) => {
    const column = size - kept.length + k;
    const vector = combine(
      rows.map((row) => row[column]),
      basis,
    );
    const left = map.apply(vector);
    addTo(left, -value, vector);
    const residual = normOf(left);
    return { value, residual, converged: residual <= tolerance * scale, vector };
  });
  return { pairs, scale };
}
