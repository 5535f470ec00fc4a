import { ArgumentError } from "../errors.ts";
import { betaInc } from "./beta-inc.ts";

/**
 * The upper tail P(X >= k) of a binomial count of `trials` with success probability `p`, relatively accurate where it is small.
 *
 * @throws ArgumentError if `trials` is not a whole number >= 0, k is not whole, or p lies outside [0, 1] (NaN passes through)
 * @example
 * binomialTail(10, 9, 0.5); // 0.010742
 */
export function binomialTail(trials: number, k: number, p: number): number {
  check("binomialTail", trials, k, p);
  if (Number.isNaN(p)) return p;
  if (k <= 0) return 1;
  return k > trials ? 0 : betaInc(k, trials - k + 1, p);
}

/**
 * The lower tail P(X <= k) of a binomial count of `trials` with success probability `p`, relatively accurate where it is small.
 *
 * @throws ArgumentError if `trials` is not a whole number >= 0, k is not whole, or p lies outside [0, 1] (NaN passes through)
 */
export function binomialCdf(trials: number, k: number, p: number): number {
  check("binomialCdf", trials, k, p);
  if (Number.isNaN(p)) return p;
  if (k < 0) return 0;
  return k >= trials ? 1 : betaInc(trials - k, k + 1, 1 - p, p);
}

function check(operation: string, trials: number, k: number, p: number): void {
  if (!Number.isInteger(trials) || trials < 0)
    throw new ArgumentError(operation, "expected a whole number of trials >= 0", trials);
  if (!Number.isInteger(k)) throw new ArgumentError(operation, "expected a whole count", k);
  if (p < 0 || p > 1) throw new ArgumentError(operation, "expected a probability in [0, 1]", p);
}
