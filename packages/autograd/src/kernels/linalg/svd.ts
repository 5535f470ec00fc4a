import { identity } from "./lu.ts";
import { largestMagnitude, transposed } from "./members.ts";

const epsilon = 2 ** -52;
const mostSweeps = 60;

export interface SingularValues {
  /** Descending, [k]. */
  readonly values: Float64Array;
  /** The left singular vectors, the rows of [k, m]. */
  readonly left: Float64Array;
  /** The right singular vectors, the rows of [k, n]. */
  readonly right: Float64Array;
}

/** The singular value decomposition of a matrix [m, n], with k = min(m, n) vectors on each side. */
export function decompose(matrix: Float64Array, m: number, n: number): SingularValues {
  if (m >= n) return singularValues(transposed(matrix, m, n), n, m);
  const { values, left, right } = singularValues(matrix, m, n);
  return { values, left: right, right: left };
}

/**
 * The singular value decomposition of a matrix [m, n], m ≥ n, whose columns are the rows of `columns` [n, m].
 *
 * Rotations between two columns after the other make all of them orthogonal (one-sided Jacobi): small singular values keep their digits.
 *
 * @see Demmel and Veselić 1992, "Jacobi's method is more accurate than QR"
 */
export function singularValues(columns: Float64Array, n: number, m: number): SingularValues {
  const scale = largestMagnitude(columns);
  if (!Number.isFinite(scale)) {
    const nan = (size: number): Float64Array => new Float64Array(size).fill(Number.NaN);
    return { values: nan(n), left: nan(n * m), right: nan(n * n) };
  }
  const w = scale === 0 ? columns.slice() : columns.map((x) => x / scale);
  const rotations = identity(n);
  orthogonalize(w, rotations, n, m);
  const lengths = Float64Array.from({ length: n }, (_, k) => Math.sqrt(dot(w, k, k, m)));
  const order = Array.from({ length: n }, (_, k) => k).sort((i, j) => lengths[j] - lengths[i]);
  const left = new Float64Array(n * m);
  const right = new Float64Array(n * n);
  order.forEach((from, to) => {
    right.set(rotations.subarray(from * n, (from + 1) * n), to * n);
    left.set(w.subarray(from * m, (from + 1) * m), to * m);
  });
  const values = Float64Array.from(order, (k) => lengths[k]);
  normalizeRows(left, values, n, m);
  return { values: values.map((x) => x * scale), left, right };
}

function orthogonalize(w: Float64Array, rotations: Float64Array, n: number, m: number): void {
  const tolerance = epsilon * Math.sqrt(Math.max(m, 1));
  const squares = new Float64Array(n);
  let rotated = true;
  for (let sweep = 0; rotated && sweep < mostSweeps; sweep++) {
    rotated = false;
    // Kept up to date below, to fewer digits where a row shrinks: the sweep that finds nothing to do knows them in full.
    for (let p = 0; p < n; p++) squares[p] = dot(w, p, p, m);
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const gamma = dot(w, p, q, m);
        const [alpha, beta] = [Math.max(0, squares[p]), Math.max(0, squares[q])];
        if (Math.abs(gamma) <= tolerance * Math.sqrt(alpha) * Math.sqrt(beta)) continue;
        rotated = true;
        const cotangent = (beta - alpha) / (2 * gamma);
        const t = (cotangent < 0 ? -1 : 1) / (Math.abs(cotangent) + Math.sqrt(1 + cotangent * cotangent));
        const c = 1 / Math.sqrt(1 + t * t);
        rotateRows(w, p, q, m, c, c * t);
        rotateRows(rotations, p, q, n, c, c * t);
        squares[p] -= t * gamma;
        squares[q] += t * gamma;
      }
    }
  }
}

function dot(rows: Float64Array, p: number, q: number, length: number): number {
  const [x, y] = [p * length, q * length];
  let sum = 0;
  for (let k = 0; k < length; k++) sum += rows[x + k] * rows[y + k];
  return sum;
}

function rotateRows(rows: Float64Array, p: number, q: number, length: number, c: number, s: number): void {
  for (let k = 0, i = p * length, j = q * length; k < length; k++, i++, j++) {
    const x = rows[i];
    rows[i] = c * x - s * rows[j];
    rows[j] = s * x + c * rows[j];
  }
}

/** Makes the rows orthonormal. Where a singular value is lost in rounding, its vector is whatever is orthogonal to those before. */
function normalizeRows(rows: Float64Array, lengths: Float64Array, n: number, m: number): void {
  for (let k = 0; k < n; k++) {
    const row = rows.subarray(k * m, (k + 1) * m);
    if (lengths[k] > lengths[0] * m * epsilon) {
      for (let i = 0; i < m; i++) row[i] /= lengths[k];
      continue;
    }
    let found = lengths[k] > 0 && makeOrthogonal(rows, k, m);
    for (let axis = 0; !found && axis < m; axis++) {
      row.fill(0);
      row[axis] = 1;
      found = makeOrthogonal(rows, k, m);
    }
  }
}

/** Takes from row k what lies along those before it, and scales it to length 1; false if so little is left that it would not be orthogonal. */
function makeOrthogonal(rows: Float64Array, k: number, m: number): boolean {
  const row = rows.subarray(k * m, (k + 1) * m);
  const scaleBy = (factor: number): void => {
    for (let i = 0; i < m; i++) row[i] *= factor;
  };
  scaleBy(1 / Math.sqrt(dot(rows, k, k, m)));
  for (let j = 0; j < k; j++) {
    const along = dot(rows, j, k, m);
    for (let i = 0; i < m; i++) row[i] -= along * rows[j * m + i];
  }
  const rest = Math.sqrt(dot(rows, k, k, m));
  // Among the m unit vectors there is one of which at least 1/√m is left.
  if (!(rest > 0.5 / Math.sqrt(m))) return false;
  scaleBy(1 / rest);
  return true;
}
