import type { Architecture } from "./architecture.ts";
import { type Candidate, fittingVariance } from "./candidate.ts";
import { lawOf } from "./gaussian-law.ts";
import type { Outlook } from "./outlook.ts";

/** What theory says of a candidate in a network with weights drawn for it. */
export interface Prediction extends Outlook {
  /** The mean square of the pre-activations in the last hidden layer. */
  readonly q: number;
  /** The factor on |gradient|² there, going one layer back. */
  readonly chi: number;
  /** The correlation, there, of two inputs that have nothing in common. */
  readonly correlation: number;
}

/**
 * Follows mean square, correlation and gradient from layer to layer, from inputs of mean square 1 that have nothing in common.
 *
 * A normalisation sets the mean square to 1 and takes out the mean, and with it what all examples share. A shortcut carries signal and gradient
 * past its layer, which then changes neither.
 *
 * @throws ArgumentError where the candidate's curve is not defined everywhere
 */
export function predict(candidate: Candidate, { inputs, layers }: Architecture): Prediction {
  const law = lawOf(candidate);
  const weightVariance = fittingVariance(candidate);
  let [q, correlation, log, variance, straight, saturated, chi] = [weightVariance, 0, 0, 0, 1, 0, 1];
  // Of so many independent inputs the mean square varies by this share.
  let unevenness = Math.sqrt(2 / inputs);
  layers.forEach(({ width, normalized, residual }, k) => {
    const at = normalized ? 1 : q;
    straight *= law.straight(at);
    saturated = Math.max(saturated, law.saturated(at));
    variance += law.k(at) / width;
    if (residual) return;
    chi = normalized ? law.normalizedSlope() : weightVariance * law.slope(at);
    // The gradient at the first layer has passed all activations, the first one's too.
    log += Math.log(chi);
    unevenness *= law.power(at);
    const next = weightVariance * law.meanSquare(at);
    // Rounding may leave more than 1 of two inputs that became one.
    correlation = normalized ? 0 : Math.min(1, (weightVariance * law.product(correlation, at)) / next);
    if (k < layers.length - 1) q = next;
  });
  return {
    attenuation: log / 2,
    spread: Math.sqrt(variance) / 2,
    distinct: 1 - correlation,
    unevenness,
    saturated,
    straight,
    q,
    chi,
    correlation,
  };
}
