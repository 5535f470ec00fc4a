import type { Generator } from "@isograd/autograd";

// Plain arrays in double precision: what is done to vectors between two products with a matrix that nobody has.

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

export const normOf = (a: Float64Array): number => Math.sqrt(dot(a, a));

/** a += factor · b */
export function addTo(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
}

export const scaled = (a: Float64Array, factor: number): Float64Array => a.map((value) => factor * value);

/** Takes out of `a` what lies along `basis`, twice: once leaves what rounding put back. */
export function orthogonalize(a: Float64Array, basis: readonly Float64Array[]): void {
  for (let pass = 0; pass < 2; pass++) for (const each of basis) addTo(a, -dot(a, each), each);
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
