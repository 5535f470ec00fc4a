import { erf, erfcx } from "./erf.ts";
import { gaussianExp } from "./exact-product.ts";

const halfRootPi = Math.sqrt(Math.PI) / 2;

/**
 * The inverse of erf on [-1, 1]: ±1 give ±Infinity, outside is NaN; keeps the sign of a zero. Within 4 ulp (measured).
 *
 * @see torch.special.erfinv
 */
export function erfinv(y: number): number {
  const size = Math.abs(y);
  if (size > 0.5) return Math.sign(y) * erfcinv(1 - size);
  // Two terms of the Maclaurin series, then Halley's steps on erf(x) - y, whose second derivative is -2x times the first.
  let x = y * halfRootPi * (1 + (Math.PI / 12) * y * y);
  for (let step = 0; step < 2; step++) {
    const newton = ((erf(x) - y) * halfRootPi) / gaussianExp(x, 1);
    x -= newton / (1 + x * newton);
  }
  return x === 0 ? y : x;
}

/** The inverse of erfc on [0, 2]: 0 gives Infinity, 2 gives -Infinity, outside is NaN. Within 5 ulp (measured). */
export function erfcinv(q: number): number {
  if (q > 0.5) return q > 1.5 ? -erfcinv(2 - q) : erfinv(1 - q);
  if (!(q > 0)) return q === 0 ? Infinity : Number.NaN;
  const logarithm = Math.log(q);
  let x = initialGuess(logarithm + Math.log(2 - q));
  for (let step = 0; step < 2; step++) {
    // Halley's steps on log erfc(x) - log q: its slope is -1 / ratio, and the logarithm is nearly quadratic down to the last q.
    const scaled = erfcx(x);
    const ratio = halfRootPi * scaled;
    const newton = (x * x - Math.log(scaled) + logarithm) * ratio;
    x -= newton / (1 - (newton * (1 - 2 * x * ratio)) / (2 * ratio));
  }
  return x;
}

/**
 * erfinv(y) within 0.4 % from log(1 - y²).
 *
 * @see Winitzki 2008, "A handy approximation for the error function and its inverse"
 */
function initialGuess(logarithm: number): number {
  const a = 0.147;
  const half = 2 / (Math.PI * a) + logarithm / 2;
  return Math.sqrt(Math.sqrt(half * half - logarithm / a) - half);
}
