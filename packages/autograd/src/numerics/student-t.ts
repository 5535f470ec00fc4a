import { betaInc } from "./beta-inc.ts";
import { lgamma } from "./lgamma.ts";
import { normalTail } from "./normal.ts";

/** The distribution function P(T <= t) of Student's t with `degrees` > 0 degrees of freedom (Infinity: the normal law); NaN outside. */
export function studentTCdf(t: number, degrees: number): number {
  return studentTTail(-t, degrees);
}

/**
 * The upper tail P(T > t) of Student's t, with a relative error like that of {@link betaInc} for large t too.
 *
 * @example
 * studentTTail(2.228, 10); // 0.0250
 */
export function studentTTail(t: number, degrees: number): number {
  if (!(degrees > 0) || Number.isNaN(t)) return Number.NaN;
  if (degrees > 1e20) return normalTail(t);
  if (t < 0) return 1 - studentTTail(-t, degrees);
  const ratio = t / Math.sqrt(degrees);
  if (ratio > 1e100) return farTail(ratio, degrees);
  const square = ratio * ratio;
  return 0.5 * betaInc(0.5 * degrees, 0.5, 1 / (1 + square), square / (1 + square));
}

/** The leading term, where the square of the ratio would overflow. */
function farTail(ratio: number, degrees: number): number {
  const logBeta = lgamma(0.5 * degrees) + 0.5 * Math.log(Math.PI) - lgamma(0.5 * degrees + 0.5);
  return (ratio ** -degrees / degrees) * Math.exp(-logBeta);
}
