import { ArgumentError } from "../errors.ts";
import { digamma } from "./digamma.ts";
import { hurwitzZeta } from "./hurwitz-zeta.ts";

/**
 * The derivative of order n of digamma, for whole n from 0 to 170; negative x by reflection.
 *
 * At the poles 0, -1, -2, … it is Infinity for odd n and -Infinity for even n > 0, as in PyTorch; NaN at -Infinity.
 *
 * Within 6 ulp for positive x and for odd n (measured); for even n and negative x the error is relative to the terms that cancel.
 *
 * @throws ArgumentError if n is not such a number
 * @see torch.special.polygamma
 */
export function polygamma(n: number, x: number): number {
  if (!Number.isInteger(n) || n < 0 || n > 170)
    throw new ArgumentError("polygamma", "expected a whole order from 0 to 170", n);
  if (n === 0) return digamma(x);
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  const value = factorial * hurwitzZeta(n + 1, x);
  return n % 2 === 0 ? -value : value;
}
