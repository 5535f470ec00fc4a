import { polynomial } from "./polynomial.ts";
import { sinePi } from "./sine-pi.ts";
import { stirlingError } from "./stirling-error.ts";

/** lgamma(2 + t) / t in powers of t, for |t| <= 1/2. */
const coefficients = [
  0.42278433509846713, 0.3224670334241132, -0.06735230105319814, 0.02058080842778463, -0.007385551028668096,
  0.0028905103307343394, -0.0011927539120033873, 0.0005096695250262799, -0.00022315475069647703,
  9.945750665169756e-5, -4.492635166770342e-5, 2.0507292365464966e-5, -9.438454884054723e-6,
  4.374221208333783e-6, -2.044935323180052e-6, 9.584290249224467e-7, -4.303234692956732e-7,
  2.0192169921430407e-7, -1.341570273460026e-7, 6.473973449314896e-8,
];

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/**
 * log |Γ(x)|; Infinity at the poles 0, -1, -2, … and at ±Infinity.
 *
 * Within 5 ulp for positive x, the zeros 1 and 2 included; for negative x within 2 · 2⁻⁵² of max(1, |value|) (measured).
 *
 * @see torch.lgamma
 */
export function lgamma(x: number): number {
  if (x < 0) return lgammaReflected(x);
  if (x < 0.5) return lgamma1p(x) - Math.log(x);
  if (x < 1.5) return lgamma1p(x - 1);
  if (x < 10) return lgammaShifted(x);
  if (x === Infinity) return x;
  return x * (Math.log(x) - 1) - 0.5 * Math.log(x) + halfLogTwoPi + stirlingError(x);
}

/** log Γ(1 + t) for |t| <= 1/2, relatively accurate at its zero t = 0. */
export function lgamma1p(t: number): number {
  return t * polynomial(coefficients, t) - Math.log1p(t);
}

/** Γ(1 + a) for 0 <= a <= 10: without the error that the exponential of a large logarithm would bring. */
export function gamma1p(a: number): number {
  let product = 1;
  let t = a - 1;
  for (; t > 0.5; t--) product *= t + 1;
  return t < -0.5 ? Math.exp(lgamma1p(a)) : product * Math.exp(t * polynomial(coefficients, t));
}

/** From Γ(x) = (x - 1)(x - 2) … y Γ(y) with y within a half of 2. */
function lgammaShifted(x: number): number {
  let product = 1;
  let y = x;
  while (y >= 2.5) {
    y -= 1;
    product *= y;
  }
  const t = y - 2;
  return Math.log(product) + t * polynomial(coefficients, t);
}

/** From Γ(x) Γ(1 - x) = π / sin(πx). */
function lgammaReflected(x: number): number {
  if (x === -Infinity) return Infinity;
  const sine = Math.abs(sinePi(x));
  if (sine === 0) return Infinity;
  if (x >= -0.5) return -Math.log(sine / Math.PI) - lgamma1p(-x);
  return -Math.log((sine / Math.PI) * -x) - lgamma(-x); // -x Γ(-x) is Γ(1 - x)
}
