import { identity } from "./lu.ts";
import { largestMagnitude } from "./members.ts";

const epsilon = 2 ** -52;
/** An element beside the diagonal that is smaller, against a largest of 1, changes no digit. */
const negligible = 2 ** -60;
const mostSteps = 60;

/**
 * The eigenvalues [n], ascending, and the eigenvectors, the rows of [n, n], of a symmetric matrix; only its lower triangle is read.
 *
 * Reflections make it tridiagonal, QL steps diagonal.
 *
 * @see Golub and Van Loan 2013, "Matrix Computations", section 8.3
 */
export function symmetricEigen(
  matrix: Float64Array,
  n: number,
): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice();
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) a[i * n + j] = a[j * n + i];
  const scale = largestMagnitude(a);
  if (!Number.isFinite(scale)) {
    return {
      values: new Float64Array(n).fill(Number.NaN),
      vectors: new Float64Array(n * n).fill(Number.NaN),
    };
  }
  if (scale > 0) for (let i = 0; i < a.length; i++) a[i] /= scale;
  const { diagonal, beside, rows } = tridiagonal(a, n);
  diagonalize(diagonal, beside, rows, n);
  const order = Array.from({ length: n }, (_, k) => k).sort((i, j) => diagonal[i] - diagonal[j]);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    vectors.set(rows.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values: Float64Array.from(order, (k) => diagonal[k] * scale), vectors };
}

/** Qᵀ, as `rows`, and the two diagonals of T, where A = Q T Qᵀ; A is overwritten. */
function tridiagonal(a: Float64Array, n: number) {
  const beside = new Float64Array(n);
  const taus = new Float64Array(n);
  const w = new Float64Array(n);
  for (let k = 0; k + 1 < n; k++) {
    // The row k is the column k: it takes the vector of the reflection.
    const v = a.subarray(k * n, (k + 1) * n);
    let rest = 0;
    for (let j = k + 2; j < n; j++) rest += v[j] * v[j];
    const alpha = v[k + 1];
    beside[k] = alpha;
    if (rest === 0) continue;
    const beta = (alpha < 0 ? 1 : -1) * Math.sqrt(alpha * alpha + rest);
    beside[k] = beta;
    const tau = (beta - alpha) / beta;
    taus[k] = tau;
    for (let j = k + 2; j < n; j++) v[j] /= alpha - beta;
    v[k + 1] = 1;
    reflectBothSides(a, n, k, v, tau, w);
  }
  const diagonal = Float64Array.from({ length: n }, (_, k) => a[k * n + k]);
  const rows = identity(n);
  for (let k = n - 2; k >= 0; k--) {
    if (taus[k] === 0) continue;
    // Qᵀ = ... H₁ H₀: each row of what is there so far is reflected.
    for (let i = k + 1; i < n; i++) {
      let along = 0;
      for (let j = k + 1; j < n; j++) along += rows[i * n + j] * a[k * n + j];
      along *= taus[k];
      for (let j = k + 1; j < n; j++) rows[i * n + j] -= along * a[k * n + j];
    }
  }
  return { diagonal, beside, rows };
}

/** A − v wᵀ − w vᵀ on the rows and columns behind k, with w such that it is H A H. */
function reflectBothSides(
  a: Float64Array,
  n: number,
  k: number,
  v: Float64Array,
  tau: number,
  w: Float64Array,
): void {
  let along = 0;
  for (let i = k + 1; i < n; i++) {
    let sum = 0;
    for (let j = k + 1; j < n; j++) sum += a[i * n + j] * v[j];
    w[i] = tau * sum;
    along += w[i] * v[i];
  }
  for (let i = k + 1; i < n; i++) w[i] -= 0.5 * tau * along * v[i];
  for (let i = k + 1; i < n; i++) for (let j = k + 1; j < n; j++) a[i * n + j] -= v[i] * w[j] + w[i] * v[j];
}

/** QL steps with implicit shifts, on a tridiagonal matrix of largest element about 1; the rotations are carried out on `rows`, too. */
function diagonalize(diagonal: Float64Array, beside: Float64Array, rows: Float64Array, n: number): void {
  for (let first = 0; first < n; first++) {
    for (let step = 0; step < mostSteps; step++) {
      let last = first;
      while (last + 1 < n && !vanishes(diagonal, beside, last)) last++;
      if (last === first) break;
      qlStep(diagonal, beside, rows, n, first, last);
    }
  }
}

function vanishes(diagonal: Float64Array, beside: Float64Array, k: number): boolean {
  const size = Math.abs(diagonal[k]) + Math.abs(diagonal[k + 1]);
  return Math.abs(beside[k]) <= Math.max(negligible, epsilon * size);
}

/** One step on the rows and columns from `first` to `last`. */
function qlStep(
  diagonal: Float64Array,
  beside: Float64Array,
  rows: Float64Array,
  n: number,
  first: number,
  last: number,
): void {
  // The shift is the eigenvalue of the first two rows that is nearer to the first element (Wilkinson).
  const half = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first]);
  const root = Math.sqrt(half * half + 1);
  let g = diagonal[last] - diagonal[first] + beside[first] / (half + (half < 0 ? -root : root));
  let [s, c, shifted] = [1, 1, 0];
  for (let i = last - 1; i >= first; i--) {
    const f = s * beside[i];
    const b = c * beside[i];
    const length = Math.sqrt(f * f + g * g);
    beside[i + 1] = length;
    if (length === 0) {
      diagonal[i + 1] -= shifted;
      beside[last] = 0;
      return;
    }
    s = f / length;
    c = g / length;
    const moved = diagonal[i + 1] - shifted;
    const turn = (diagonal[i] - moved) * s + 2 * c * b;
    shifted = s * turn;
    diagonal[i + 1] = moved + shifted;
    g = c * turn - b;
    for (let k = 0, upper = i * n, lower = (i + 1) * n; k < n; k++, upper++, lower++) {
      const kept = rows[lower];
      rows[lower] = s * rows[upper] + c * kept;
      rows[upper] = c * rows[upper] - s * kept;
    }
  }
  diagonal[first] -= shifted;
  beside[first] = g;
  beside[last] = 0;
}
