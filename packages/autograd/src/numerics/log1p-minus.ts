/** log(1 + u) - u, without the cancellation at small u: by the series of the inverse hyperbolic tangent of u / (2 + u). */
export function log1pMinus(u: number): number {
  if (!(u > -0.5 && u < 1)) return Math.log1p(u) - u;
  const v = u / (2 + u);
  const square = v * v;
  let power = 2 * square;
  let sum = 0;
  for (let k = 3; ; k += 2) {
    const term = power / k;
    if (sum + term === sum) break;
    sum += term;
    power *= square;
  }
  return -v * (u - sum);
}

/**
 * log(p / q) - (p - q) / q of two positive numbers whose relative difference u = (p - q) / q is known more exactly than they are.
 *
 * @see Loader 2000, "Fast and accurate computation of binomial probabilities", where -q times this is the deviance
 */
export function logRatioMinus(p: number, q: number, u: number): number {
  return u > -0.5 && u < 1 ? log1pMinus(u) : Math.log(p / q) - u;
}
