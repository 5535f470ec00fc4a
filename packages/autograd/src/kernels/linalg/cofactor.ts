import { determinantOf, factorLu, identity, solveLu } from "./lu.ts";
import { transposed } from "./members.ts";
import { decompose } from "./svd.ts";

// The determinant is a polynomial, so its derivatives exist where the inverse does not: there they are taken in the basis in which the
// matrix is diagonal.

/** Up to this condition number the inverse loses fewer digits than it takes time to do without. */
const wellConditioned = 1e4;

/** The derivative of the determinant: the cofactors of A [n, n]. */
export function cofactors(a: Float64Array, n: number): Float64Array {
  const regular = invert(a, n);
  if (regular !== null) return transposed(regular.inverse, n, n).map((x) => x * regular.determinant);
  const { values, left, right, sign } = diagonalize(a, n);
  return fromBasis(left, right, n, (i, j) => (i === j ? sign * productWithout(values, i, i) : 0));
}

/** The second derivative of the determinant at A, along G: what the cofactors change by. It is its own adjoint. */
export function cofactorsAlong(a: Float64Array, g: Float64Array, n: number): Float64Array {
  const regular = invert(a, n);
  if (regular !== null) {
    const { inverse, determinant } = regular;
    const inner = multiply(inverse, g, n);
    let trace = 0;
    for (let k = 0; k < n; k++) trace += inner[k * n + k];
    const twice = multiply(inner, inverse, n);
    return transposed(
      inverse.map((x, k) => determinant * (trace * x - twice[k])),
      n,
      n,
    );
  }
  const { values, left, right, sign } = diagonalize(a, n);
  const inBasis = multiply(multiply(left, g, n), transposed(right, n, n), n);
  return fromBasis(left, right, n, (i, j) => {
    if (i !== j) return -sign * productWithout(values, i, j) * inBasis[j * n + i];
    let sum = 0;
    for (let k = 0; k < n; k++) if (k !== i) sum += productWithout(values, i, k) * inBasis[k * n + k];
    return sign * sum;
  });
}

function invert(a: Float64Array, n: number): { inverse: Float64Array; determinant: number } | null {
  const lu = a.slice();
  const pivots = new Int32Array(n);
  if (factorLu(lu, n, n, pivots) > 0) return null;
  const inverse = identity(n);
  solveLu(lu, n, pivots, inverse, n);
  if (largestRowSum(a, n) * largestRowSum(inverse, n) > wellConditioned) return null;
  return { inverse, determinant: determinantOf(lu, n, pivots) };
}

/** The singular value decomposition, vectors as rows, and the determinant of the two bases together. */
function diagonalize(a: Float64Array, n: number) {
  const { values, left, right } = decompose(a, n, n);
  return { values, left, right, sign: signOfBasis(left, n) * signOfBasis(right, n) };
}

function signOfBasis(rows: Float64Array, n: number): number {
  const lu = rows.slice();
  const pivots = new Int32Array(n);
  factorLu(lu, n, n, pivots);
  return Math.sign(determinantOf(lu, n, pivots));
}

function productWithout(values: Float64Array, i: number, j: number): number {
  let product = 1;
  for (let k = 0; k < values.length; k++) if (k !== i && k !== j) product *= values[k];
  return product;
}

function fromBasis(
  left: Float64Array,
  right: Float64Array,
  n: number,
  element: (i: number, j: number) => number,
): Float64Array {
  const middle = Float64Array.from({ length: n * n }, (_, k) => element(Math.floor(k / n), k % n));
  return multiply(multiply(transposed(left, n, n), middle, n), right, n);
}

function multiply(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k];
      for (let j = 0; j < n; j++) out[i * n + j] += factor * b[k * n + j];
    }
  }
  return out;
}

function largestRowSum(a: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.abs(a[i * n + j]);
    largest = Math.max(largest, sum);
  }
  return largest;
}
