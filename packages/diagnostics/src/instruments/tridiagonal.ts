/** The eigenvalues of a symmetric tridiagonal matrix, ascending, and some components of each eigenvector of length 1. */
export interface TridiagonalEigen {
  readonly values: readonly number[];
  /** For each of the rows that were asked for, its component in each eigenvector. */
  readonly rows: readonly Float64Array[];
}

/**
 * Eigenvalues by the implicit QL iteration; the eigenvectors come at the cost of the rows asked for.
 *
 * @param diagonal n numbers; `below` n - 1 numbers, those beside the diagonal
 * @param wanted   which components of the eigenvectors are wanted
 * @returns NaN throughout where a number is not finite
 * @see Dubrulle, Martin, Wilkinson 1968, "The implicit QL algorithm"
 */
export function tridiagonalEigen(
  diagonal: readonly number[],
  below: readonly number[],
  wanted: readonly number[],
): TridiagonalEigen {
  const n = diagonal.length;
  const [d, e] = [Float64Array.from(diagonal), Float64Array.from([...below.slice(0, n - 1), 0])];
  const rows = wanted.map((row) => new Float64Array(n).fill(0).fill(1, row, row + 1));
  const scale = Math.max(...d.map(Math.abs), ...e.map(Math.abs));
  if (!Number.isFinite(scale))
    return { values: [...d.fill(Number.NaN)], rows: rows.map((row) => row.fill(Number.NaN)) };
  for (let low = 0; low < n; low++) {
    for (let high = blockEnd(d, e, low); high > low; high = blockEnd(d, e, low)) chase(d, e, low, high, rows);
  }
  const order = [...d.keys()].sort((a, b) => d[a] - d[b]);
  return { values: order.map((k) => d[k]), rows: rows.map((row) => Float64Array.from(order, (k) => row[k])) };
}

/** The last row of the block that begins at `low`: behind it the matrix falls apart, to rounding. */
function blockEnd(d: Float64Array, e: Float64Array, low: number): number {
  let high = low;
  while (high < d.length - 1) {
    const beside = Math.abs(d[high]) + Math.abs(d[high + 1]);
    if (beside + Math.abs(e[high]) === beside) break;
    high++;
  }
  return high;
}

/** One sweep of rotations from the bottom of a block to its top, with Wilkinson's shift. */
function chase(
  d: Float64Array,
  e: Float64Array,
  low: number,
  high: number,
  rows: readonly Float64Array[],
): void {
  const half = (d[low + 1] - d[low]) / (2 * e[low]);
  let g = d[high] - d[low] + e[low] / (half + (half < 0 ? -1 : 1) * Math.hypot(half, 1));
  let [sine, cosine, p] = [1, 1, 0];
  for (let i = high - 1; i >= low; i--) {
    const [f, b] = [sine * e[i], cosine * e[i]];
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[high] = 0;
      return;
    }
    [sine, cosine] = [f / r, g / r];
    g = d[i + 1] - p;
    const turned = (d[i] - g) * sine + 2 * cosine * b;
    p = sine * turned;
    d[i + 1] = g + p;
    g = cosine * turned - b;
    for (const row of rows) {
      const [above, under] = [row[i], row[i + 1]];
      row[i + 1] = sine * above + cosine * under;
      row[i] = cosine * above - sine * under;
    }
  }
  d[low] -= p;
  e[low] = g;
  e[high] = 0;
}
