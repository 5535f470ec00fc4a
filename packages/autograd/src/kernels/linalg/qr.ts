/**
 * Factors A [m, n] in place by reflections I - τ v vᵀ, one a column: R on and above the diagonal, each v below it, its leading 1 left out.
 *
 * The signs on the diagonal of R are LAPACK's: opposite to that of the column's first element.
 *
 * @returns τ for each of the min(m, n) reflections
 * @see LAPACK dgeqrf; Golub and Van Loan 2013, "Matrix Computations", section 5.2
 */
export function factorQr(a: Float64Array, m: number, n: number): Float64Array {
  const taus = new Float64Array(Math.min(m, n));
  const dots = new Float64Array(n);
  for (let k = 0; k < taus.length; k++) {
    const alpha = a[k * n + k];
    const below = lengthBelow(a, m, n, k);
    if (below === 0) continue;
    const beta = alpha < 0 ? Math.hypot(alpha, below) : -Math.hypot(alpha, below);
    taus[k] = (beta - alpha) / beta;
    for (let i = k + 1; i < m; i++) a[i * n + k] /= alpha - beta;
    a[k * n + k] = 1;
    reflect(a, m, n, k, k + 1, a, n, taus[k], dots);
    a[k * n + k] = beta;
  }
  return taus;
}

/** The first `columns` columns of the orthogonal factor, [m, columns]. @see LAPACK dorgqr */
export function orthogonalFactor(
  factored: Float64Array,
  m: number,
  n: number,
  taus: Float64Array,
  columns: number,
): Float64Array {
  const q = new Float64Array(m * columns);
  for (let j = 0; j < Math.min(m, columns); j++) q[j * columns + j] = 1;
  const dots = new Float64Array(columns);
  const reflectors = factored.slice();
  for (let k = Math.min(taus.length, columns) - 1; k >= 0; k--) {
    reflectors[k * n + k] = 1;
    reflect(reflectors, m, n, k, k, q, columns, taus[k], dots);
  }
  return q;
}

/** Applies the reflection that stands in column k of `v` to the columns of `x` [m, width] from `first` on. */
function reflect(
  v: Float64Array,
  m: number,
  n: number,
  k: number,
  first: number,
  x: Float64Array,
  width: number,
  tau: number,
  dots: Float64Array,
): void {
  if (tau === 0) return;
  dots.fill(0);
  for (let i = k; i < m; i++) {
    const factor = v[i * n + k];
    for (let j = first; j < width; j++) dots[j] += factor * x[i * width + j];
  }
  for (let i = k; i < m; i++) {
    const factor = tau * v[i * n + k];
    for (let j = first; j < width; j++) x[i * width + j] -= factor * dots[j];
  }
}

/** The length of column k below the diagonal, scaled so that no square overflows or vanishes. */
function lengthBelow(a: Float64Array, m: number, n: number, k: number): number {
  let largest = 0;
  for (let i = k + 1; i < m; i++) {
    const magnitude = Math.abs(a[i * n + k]);
    if (!(magnitude <= largest)) largest = magnitude;
  }
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = k + 1; i < m; i++) sum += (a[i * n + k] / largest) ** 2;
  return largest * Math.sqrt(sum);
}
