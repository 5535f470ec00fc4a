import { erf, erfcx } from "./erf.ts";
import { erfcinv, erfinv } from "./erfinv.ts";
import { gaussianExp } from "./exact-product.ts";

const rootTwoPi = Math.sqrt(2 * Math.PI);

/** The standard normal density. */
export function normalDensity(x: number): number {
  return gaussianExp(x, 0.5) / rootTwoPi;
}

/**
 * The standard normal distribution function P(Z <= x), within 4 ulp (measured), in its left tail too.
 *
 * @see torch.special.ndtr
 */
export function normalCdf(x: number): number {
  return normalTail(-x);
}

/**
 * The upper tail P(Z > x), within 4 ulp (measured) down to the smallest normal number, at x = 37.5.
 *
 * @example
 * normalTail(1.96); // 0.024998
 */
export function normalTail(x: number): number {
  if (x < 0.5) return x < -1 ? 1 - normalTail(-x) : 0.5 - 0.5 * erf(x * Math.SQRT1_2);
  return 0.5 * gaussianExp(x, 0.5) * erfcx(x * Math.SQRT1_2);
}

/**
 * log P(Z <= x), within 5 ulp (measured) in both tails.
 *
 * @see torch.special.log_ndtr
 */
export function logNormalCdf(x: number): number {
  if (x > 0) return Math.log1p(-normalTail(x));
  if (x === -Infinity) return x;
  return Math.log(0.5 * erfcx(-x * Math.SQRT1_2)) - 0.5 * x * x;
}

/**
 * The x with P(Z <= x) = p: 0 and 1 give ∓Infinity, outside [0, 1] is NaN. Within 3 ulp (measured).
 *
 * @see torch.special.ndtri
 */
export function normalQuantile(p: number): number {
  if (p < 0.25) return -Math.SQRT2 * erfcinv(2 * p);
  if (p > 0.75) return Math.SQRT2 * erfcinv(2 * (1 - p));
  return Math.SQRT2 * erfinv(2 * p - 1);
}
