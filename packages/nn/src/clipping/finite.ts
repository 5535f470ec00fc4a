import { NonFiniteError } from "@isograd/autograd";
import { largestOf, type Values } from "./norms.ts";

export interface NonFiniteOptions {
  /** Whether gradients that hold NaN or Infinity are an error (default), or are clipped like others: NaN stays, and spreads. */
  readonly errorIfNonFinite?: boolean;
}

/**
 * The check that comes before anything is changed.
 *
 * @throws NonFiniteError naming the first array whose norm is not finite, unless `errorIfNonFinite` is false
 */
export function checkFiniteNorm(
  operation: string,
  norm: number,
  arrays: readonly (Values | null)[],
  options: NonFiniteOptions,
): void {
  if (Number.isFinite(norm) || options.errorIfNonFinite === false) return;
  const first = arrays.findIndex((values) => values !== null && !Number.isFinite(largestOf([values])));
  const place = first < 0 ? "" : `, first in the gradient of parameter ${first}`;
  throw new NonFiniteError(
    `${operation}: expected finite gradients, their norm is ${norm}${place}; nothing was changed`,
  );
}
