import { gaussianTails } from "./gamma-inc-large.ts";
import { gamma1p, lgamma1p } from "./lgamma.ts";
import { logRatioMinus } from "./log1p-minus.ts";
import { stirlingError } from "./stirling-error.ts";

/**
 * The regularised lower incomplete gamma function P(a, x) for a, x >= 0; NaN outside, and where both are 0 or both infinite.
 *
 * Relative error below 1e-14 where the value v is above 1e-10, and below 3e-15 (1 + |log v|) for a up to 1000 (measured).
 *
 * @see torch.special.gammainc
 */
export function gammaInc(a: number, x: number): number {
  return regularised(a, x, false);
}

/**
 * The regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), relatively accurate in its tail (as P is).
 *
 * @see torch.special.gammaincc
 */
export function gammaIncUpper(a: number, x: number): number {
  return regularised(a, x, true);
}

function regularised(a: number, x: number, upper: boolean): number {
  if (!(a >= 0 && x >= 0) || (a === 0 && x === 0) || (a === Infinity && x === Infinity)) return Number.NaN;
  if (a === 0 || x === Infinity) return upper ? 0 : 1;
  if (x === 0 || a === Infinity) return upper ? 1 : 0;
  if (a > 1e8) return gaussianTails(a, x)[upper ? 1 : 0];
  if (a <= 0.5 && x < 1.5) {
    return upper ? upperOfSmall(a, x) : lowerSeries(a, x);
  }
  if (x <= a + 0.5) {
    const lower = lowerSeries(a, x);
    return upper ? 1 - lower : lower;
  }
  const above = upperFraction(a, x);
  return upper ? above : 1 - above;
}

/** The slope of P(a, x), xᵃ⁻¹ e⁻ˣ / Γ(a), for a, x >= 0; NaN outside. */
export function gammaDensity(a: number, x: number): number {
  if (!(a >= 0 && x >= 0)) return Number.NaN;
  if (x === 0) return a > 1 ? 0 : a === 1 ? 1 : a === 0 ? 0 : Infinity;
  if (a === 0 || a === Infinity || x === Infinity) return 0;
  return poisson(a, x) * (a / x);
}

/** xᵃ e⁻ˣ / Γ(a + 1), the Poisson probability of a. */
function poisson(a: number, x: number): number {
  if (a < 10) {
    if (x > 1000) return 0;
    const half = Math.exp(-0.5 * x); // twice, for e⁻ˣ may be subnormal where the product is not
    return ((x ** a * half) / gamma1p(a)) * half;
  }
  return Math.exp(a * logRatioMinus(x, a, (x - a) / a) - stirlingError(a)) / Math.sqrt(2 * Math.PI * a);
}

/** P = xᵃ e⁻ˣ / Γ(a + 1) Σ xᵏ / ((a + 1) … (a + k)): all terms positive. */
function lowerSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return Math.min(1, poisson(a, x) * sum);
}

/** Legendre's continued fraction (DLMF 8.9.2) by Lentz' method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let d = 1 / b;
  let c = Infinity;
  let fraction = d;
  for (let k = 1; ; k++) {
    const numerator = k * (a - k);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) <= 2 ** -52) return Math.min(1, poisson(a, x) * a * fraction);
  }
}

/** Q for small a, where 1 - P cancels: 1 - xᵃ / Γ(a + 1) and the rest of the alternating series apart. */
function upperOfSmall(a: number, x: number): number {
  const exponent = a * Math.log(x) - lgamma1p(a);
  let power = 1;
  let sum = 0;
  for (let k = 1; Math.abs(power) > 1e-18; k++) {
    power *= -x / k;
    sum += power / (a + k);
  }
  return -Math.expm1(exponent) - Math.exp(exponent) * a * sum;
}
