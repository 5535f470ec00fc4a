import { identity } from "./lu.ts";
import { largestMagnitude } from "./members.ts";

/** Rotations below this share of the largest element change no digit any more. */
const negligible = 2 ** -60;
const mostSweeps = 60;

/**
 * The eigenvalues [n], ascending, and the eigenvectors, the rows of [n, n], of a symmetric matrix; only its lower triangle is read.
 *
 * By plane rotations that zero one element after the other (Jacobi): short, and orthogonal to the last digit.
 *
 * @see Golub and Van Loan 2013, "Matrix Computations", section 8.5
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
  const rows = identity(n);
  let rotated = true;
  for (let sweep = 0; rotated && sweep < mostSweeps; sweep++) {
    rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(a[p * n + q]) <= negligible) continue;
        rotated = true;
        rotate(a, rows, n, p, q);
      }
    }
  }
  const order = Array.from({ length: n }, (_, k) => k).sort((i, j) => a[i * n + i] - a[j * n + j]);
  const values = Float64Array.from(order, (k) => a[k * n + k] * scale);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    vectors.set(rows.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values, vectors };
}

function rotate(a: Float64Array, rows: Float64Array, n: number, p: number, q: number): void {
  const off = a[p * n + q];
  const cotangent = (a[q * n + q] - a[p * n + p]) / (2 * off);
  const t = (cotangent < 0 ? -1 : 1) / (Math.abs(cotangent) + Math.hypot(1, cotangent));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  a[p * n + p] -= t * off;
  a[q * n + q] += t * off;
  a[p * n + q] = 0;
  a[q * n + p] = 0;
  for (let k = 0; k < n; k++) {
    if (k !== p && k !== q) {
      const [x, y] = [a[p * n + k], a[q * n + k]];
      a[p * n + k] = c * x - s * y;
      a[q * n + k] = s * x + c * y;
      a[k * n + p] = a[p * n + k];
      a[k * n + q] = a[q * n + k];
    }
    const [u, v] = [rows[p * n + k], rows[q * n + k]];
    rows[p * n + k] = c * u - s * v;
    rows[q * n + k] = s * u + c * v;
  }
}
