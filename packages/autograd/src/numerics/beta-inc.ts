import { ArgumentError } from "../errors.ts";
import { gamma1p } from "./lgamma.ts";
import { logRatioMinus } from "./log1p-minus.ts";
import { stirlingError } from "./stirling-error.ts";

/**
 * The regularised incomplete beta function Iₓ(a, b) for a, b > 0 and x in [0, 1]; NaN outside.
 *
 * Relative error below 2e-14 where the value v is above 1e-10, and below 5e-15 (1 + |log v|) for parameters up to 1000; rounding
 * 1 - x or x itself costs more than that where a and b are larger.
 *
 * @throws ArgumentError if a or b is above 1e20, where the fraction would take too long
 * @param complement 1 - x, where the caller knows it more exactly than the subtraction gives it
 */
export function betaInc(a: number, b: number, x: number, complement = 1 - x): number {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) return Number.NaN;
  if (a > 1e20 || b > 1e20)
    throw new ArgumentError("betaInc", "expected parameters of at most 1e20", Math.max(a, b));
  if (x === 0) return 0;
  if (complement === 0) return 1;
  const prefactor = betaPrefactor(a, b, x, complement);
  // Below its mean the fraction converges fast; above, the other side does, unless that leaves 1 - (nearly 1).
  if (x * (a + b + 2) > a + 1) {
    const upper = prefactor / fraction(b, a, complement, x);
    if (upper < 0.75 || b > 1 || complement * (a + 1) < 0.05) return 1 - upper;
  }
  return Math.min(1, prefactor / fraction(a, b, x, complement));
}

/** xᵃ yᵇ / B(a, b). */
function betaPrefactor(a: number, b: number, x: number, y: number): number {
  if (a > b) return betaPrefactor(b, a, y, x);
  const n = a + b;
  const logY = y < 0.5 ? Math.log(y) : Math.log1p(-x);
  if (b < 10) return ((a * x ** a * Math.exp(b * logY) * gamma1p(n)) / (gamma1p(a) * gamma1p(b))) * (b / n);
  if (a < 10) {
    const ratio = b * logY + (b - 0.5) * Math.log1p(a / b) - a + stirlingError(n) - stirlingError(b);
    return ((n * x) ** a * Math.exp(ratio) * a) / gamma1p(a);
  }
  const distance = b * x - a * y;
  const exponent = a * logRatioMinus(n * x, a, distance / a) + b * logRatioMinus(n * y, b, -distance / b);
  const errors = stirlingError(n) - stirlingError(a) - stirlingError(b);
  return Math.sqrt(a / n) * Math.sqrt(b / (2 * Math.PI)) * Math.exp(exponent + errors);
}

/**
 * The continued fraction by Lentz' method, free of cancellation for x below the mean.
 *
 * @see Didonato and Morris 1992, "Algorithm 708: significant digit computation of the incomplete beta function ratios", eq. 9
 */
function fraction(a: number, b: number, x: number, y: number): number {
  const distance = a * y - b * x + 1;
  let value = (a * distance) / (a + 1);
  let c = value;
  let d = 0;
  for (let m = 1; ; m++) {
    const step = a + 2 * m;
    const share = (m * (b - m) * x) / (step - 1);
    const numerator = (share * (a + (m - 1)) * (a + b + (m - 1)) * x) / (step - 1);
    const term = m + share + ((a + m) * (distance + m * (1 + y))) / (step + 1);
    d = 1 / (term + numerator * d);
    c = term + numerator / c;
    value *= c * d;
    if (Math.abs(c * d - 1) <= 2 ** -52) return value;
  }
}
