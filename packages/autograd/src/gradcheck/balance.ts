import type { Surroundings } from "./lines.ts";
import type { GradientFailure } from "./report.ts";
import { nothing } from "./structure.ts";
import type { Variable } from "./variable.ts";

/** One number by two modes, and how far apart rounding may drive them. */
export interface Balance {
  readonly forward: number;
  readonly reverse: number;
  readonly tolerance: number;
}

/** A sum of products, and the size of what was added up. */
export interface Product {
  readonly sum: number;
  readonly size: number;
}

/** The inner product of numbers in several arrays; an array that is empty stands for zeros. */
export function product(a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): Product {
  let [sum, size] = [0, 0];
  a.forEach((row, k) => {
    for (let j = 0; j < row.length; j++) {
      const term = row[j] * b[k][j];
      sum += term;
      size += Math.abs(term);
    }
  });
  return { sum, size };
}

/**
 * Both modes add the same terms, in other orders.
 *
 * What cancels inside is unseen and leaves half of the digits at least; what is zero but for the rounding of the values, or of the
 * derivatives an order below, is compared with that.
 *
 * @param below the size of the derivatives an order below
 */
export function balanceOf(
  { rounding: { relative, absolute }, roughness, magnitude }: Surroundings,
  forward: Product,
  reverse: Product,
  below = 0,
): Balance {
  const noise = roughness * relative;
  const cancelled = Math.max(Math.sqrt(relative) / 16, 64 * noise) * (forward.size + reverse.size);
  const tolerance = cancelled + 1024 * noise * (magnitude + below) + 64 * absolute;
  return { forward: forward.sum, reverse: reverse.sum, tolerance };
}

/** Where reverse mode is not finite, differences have the word. */
export const holds = ({ forward, reverse, tolerance }: Balance): boolean =>
  !Number.isFinite(reverse) || Math.abs(forward - reverse) <= tolerance;

export const unbalanced = (
  { path }: Variable,
  order: number,
  { forward, reverse, tolerance }: Balance,
  index: readonly number[] | null,
  cause: string,
): GradientFailure => ({
  ...nothing,
  kind: "forward",
  order,
  path,
  index,
  analytic: forward,
  numeric: reverse,
  errorBar: tolerance,
  suspect: "forward mode",
  cause,
});
