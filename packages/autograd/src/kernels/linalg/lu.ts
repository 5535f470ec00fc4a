import { solveTriangle } from "./triangular.ts";

/**
 * Factors A [m, n] in place as P L U, rows exchanged so that each pivot is the largest of its column.
 *
 * L stands below the diagonal, its ones left out; U on it and above. A matrix with a NaN has NaN factors: it has no largest pivot.
 *
 * @param pivots [min(m, n)] takes the row that was exchanged with each row, counted from 1 as LAPACK does
 * @returns the place of the first zero pivot, counted from 1; 0 if there is none
 * @see LAPACK dgetrf
 */
export function factorLu(a: Float64Array, m: number, n: number, pivots: Int32Array): number {
  let zeroPivot = 0;
  if (a.some(Number.isNaN)) a.fill(Number.NaN);
  for (let k = 0; k < pivots.length; k++) {
    let best = k;
    for (let i = k + 1; i < m; i++) if (Math.abs(a[i * n + k]) > Math.abs(a[best * n + k])) best = i;
    pivots[k] = best + 1;
    if (best !== k) exchangeRows(a, n, k, best);
    const pivot = a[k * n + k];
    if (pivot === 0) {
      zeroPivot ||= k + 1;
      continue;
    }
    for (let i = k + 1; i < m; i++) {
      const factor = a[i * n + k] / pivot;
      a[i * n + k] = factor;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
    }
  }
  return zeroPivot;
}

function exchangeRows(a: Float64Array, n: number, i: number, j: number): void {
  for (let c = 0; c < n; c++) {
    const kept = a[i * n + c];
    a[i * n + c] = a[j * n + c];
    a[j * n + c] = kept;
  }
}

/** Solves P L U X = B, with B [n, k] overwritten by X. */
export function solveLu(lu: Float64Array, n: number, pivots: Int32Array, b: Float64Array, k: number): void {
  for (let row = 0; row < n; row++) if (pivots[row] !== row + 1) exchangeRows(b, k, row, pivots[row] - 1);
  solveTriangle(lu, n, b, k, { upper: false, unitriangular: true });
  solveTriangle(lu, n, b, k, { upper: true, unitriangular: false });
}

/** The order of the rows that the exchanges leave behind: row i of Pᵀ A is row `order[i]` of A. */
export function rowOrder(pivots: Int32Array, order: Int32Array): void {
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (let k = 0; k < pivots.length; k++) {
    const other = pivots[k] - 1;
    const kept = order[k];
    order[k] = order[other];
    order[other] = kept;
  }
}

/** The sign of the determinant of P, and with it the determinant as the product along the diagonal. */
export function signOf(pivots: Int32Array): number {
  let sign = 1;
  for (let k = 0; k < pivots.length; k++) if (pivots[k] !== k + 1) sign = -sign;
  return sign;
}

/** The determinant of a factored matrix. */
export function determinantOf(lu: Float64Array, n: number, pivots: Int32Array): number {
  let product = signOf(pivots);
  for (let k = 0; k < n; k++) product *= lu[k * n + k];
  return product;
}

/** The identity matrix. */
export function identity(n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let k = 0; k < n; k++) out[k * n + k] = 1;
  return out;
}
