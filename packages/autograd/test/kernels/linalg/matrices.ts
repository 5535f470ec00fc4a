import { Generator } from "../../../src/index.ts";

/** Row-major matrices as plain arrays, and loops over them that are too simple to be wrong. */

export const drawn = (m: number, n: number, seed: number): Float64Array => {
  const data = new Float64Array(m * n);
  new Generator(seed).fillNormal(data);
  return data;
};

/** A matrix of the given rank. */
export const ofRank = (m: number, n: number, rank: number, seed: number): Float64Array =>
  times(drawn(m, rank, seed), drawn(rank, n, seed + 1), m, rank, n);

export function times(a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) for (let l = 0; l < k; l++) out[i * n + j] += a[i * k + l] * b[l * n + j];
  return out;
}

export function turned(a: Float64Array, m: number, n: number): Float64Array {
  return Float64Array.from({ length: m * n }, (_, at) => a[(at % m) * n + Math.floor(at / m)]);
}

export const largest = (a: Float64Array): number => a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** The largest difference, in units of the rounding of the largest element of `b`. */
export function roundings(a: Float64Array, b: Float64Array): number {
  return largest(a.map((x, k) => x - b[k])) / (2 ** -52 * (largest(b) || 1));
}

/** How far the rows [count, length] are from orthonormal, in roundings. */
export function skewness(rows: Float64Array, count: number, length: number): number {
  const identity = Float64Array.from({ length: count * count }, (_, at) => Number(at % (count + 1) === 0));
  return count === 0
    ? 0
    : roundings(times(rows, turned(rows, count, length), count, length, count), identity);
}
