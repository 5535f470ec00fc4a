import { erfc } from "./erf.ts";
import { log1pMinus } from "./log1p-minus.ts";
import { polynomial } from "./polynomial.ts";

const first = [-1 / 3, 1 / 12, -2 / 135, 1 / 864, 1 / 2835];
const second = [-1 / 540, -1 / 288];

/**
 * P(a, x) and Q(a, x) for a > 10⁸, where series and fraction become slow and the distribution is nearly normal.
 *
 * @see Temme 1979, "The asymptotic expansion of the incomplete gamma functions"
 */
export function gaussianTails(a: number, x: number): [lower: number, upper: number] {
  const u = (x - a) / a;
  const exponent = -a * log1pMinus(u);
  if (exponent > 800) return u < 0 ? [0, 1] : [1, 0];
  const eta = Math.sign(u) * Math.sqrt((2 * exponent) / a);
  const correction =
    (Math.exp(-exponent) / Math.sqrt(2 * Math.PI * a)) *
    (polynomial(first, eta) + polynomial(second, eta) / a);
  const root = Math.sign(u) * Math.sqrt(exponent);
  return [0.5 * erfc(-root) - correction, 0.5 * erfc(root) + correction];
}
