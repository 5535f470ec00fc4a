import { addTimes, dot } from "./flat.ts";

export interface ConjugateGradientsOptions {
  /** How many products at most. */
  readonly iterations: number;
  /** Stops where the residual is this share of the right side. */
  readonly tolerance: number;
}

/**
 * Solves A x = b by products with A alone, from x = 0. Stops where A does not curve upwards: what is found until then still leads downhill.
 *
 * @see Hestenes, Stiefel 1952, "Methods of conjugate gradients for solving linear systems"
 */
export function conjugateGradients(
  product: (vector: Float64Array) => Float64Array,
  right: Float64Array,
  { iterations, tolerance }: ConjugateGradientsOptions,
): Float64Array {
  const x = new Float64Array(right.length);
  const residual = right.slice();
  const direction = right.slice();
  let size = dot(residual, residual);
  const enough = tolerance * tolerance * size;
  for (let k = 0; k < iterations && size > enough; k++) {
    const image = product(direction);
    const curvature = dot(direction, image);
    if (curvature <= 0) break;
    const step = size / curvature;
    addTimes(x, step, direction);
    addTimes(residual, -step, image);
    const next = dot(residual, residual);
    for (let i = 0; i < direction.length; i++) direction[i] = residual[i] + (next / size) * direction[i];
    size = next;
  }
  return x;
}
