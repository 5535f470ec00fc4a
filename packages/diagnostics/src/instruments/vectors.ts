import type { Generator } from "@isograd/autograd";

// Plain arrays in double precision: what is done to vectors between two products with a matrix that nobody has.

export function dot(a: Float64Array, b: Float64Array): number {
  // Four sums: one would wait for itself at every step.
  let [p, q, r, s] = [0, 0, 0, 0];
  let i = 0;
  for (const end = a.length - 3; i < end; i += 4) {
    p += a[i] * b[i];
    q += a[i + 1] * b[i + 1];
    r += a[i + 2] * b[i + 2];
    s += a[i + 3] * b[i + 3];
  }
  for (; i < a.length; i++) p += a[i] * b[i];
  return p + q + (r + s);
}

export const normOf = (a: Float64Array): number => Math.sqrt(dot(a, a));

/** a += factor · b */
export function addTo(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
}

export const scaled = (a: Float64Array, factor: number): Float64Array => a.map((value) => factor * value);

/**
 * Takes out of `a` what lies along `basis`; again where little is left, for then rounding has put much of it back. Twice is enough.
 *
 * @see Daniel, Gragg, Kaufman, Stewart 1976; Parlett 1980, "The symmetric eigenvalue problem", 6.9
 */
export function orthogonalize(a: Float64Array, basis: readonly Float64Array[]): void {
  for (let pass = 0; pass < 2; pass++) {
    const before = normOf(a);
    for (const each of basis) addTo(a, -dot(a, each), each);
    if (normOf(a) > Math.SQRT1_2 * before) return;
  }
}

/** Σ weights[k] · basis[k] */
export function combine(weights: ArrayLike<number>, basis: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(basis[0].length);
  for (const [k, each] of basis.entries()) addTo(sum, weights[k], each);
  return sum;
}

export function gaussianVector(generator: Generator, size: number): Float64Array {
  const drawn = new Float64Array(size);
  generator.fillNormal(drawn);
  return drawn;
}

/** Each element 1 or -1: of all probes for a trace those with the least variance. */
export function signVector(generator: Generator, size: number): Float64Array {
  const drawn = new Float64Array(size);
  generator.fillUniform(drawn);
  return drawn.map((value) => (value < 0.5 ? -1 : 1));
}
