import { studentTTail, type Tensor } from "@isograd/autograd";

/** Σ x², in double precision. */
export function sumOfSquares(x: Tensor): number {
  let total = 0;
  for (const value of x.values()) total += value * value;
  return total;
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The standard deviation with Bessel's correction. */
export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** Where a further draw from the same normal law is expected, after `count` draws with the given mean and deviation. */
export interface Prediction {
  readonly mean: number;
  /** Standard deviation of the draws. */
  readonly deviation: number;
  /** How many draws; infinite where the law is known. */
  readonly count: number;
}

/** How far out a value lies, in standard deviations of the prediction, and how likely a further draw is to lie as far out. */
export function judge(
  value: number,
  { mean, deviation, count }: Prediction,
): { readonly z: number; readonly pValue: number } {
  const spread = deviation * Math.sqrt(1 + 1 / count);
  const z = value === mean ? 0 : (value - mean) / spread;
  return { z, pValue: Number.isNaN(z) ? Number.NaN : Math.min(1, 2 * studentTTail(Math.abs(z), count - 1)) };
}

/** The interval that a further draw misses with probability `alpha`. */
export function predictionBand(
  { mean, deviation, count }: Prediction,
  alpha: number,
): [low: number, high: number] {
  let [inside, outside] = [0, 1];
  while (2 * studentTTail(outside, count - 1) > alpha) outside *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (inside + outside) / 2;
    if (2 * studentTTail(middle, count - 1) > alpha) inside = middle;
    else outside = middle;
  }
  const reach = outside * deviation * Math.sqrt(1 + 1 / count);
  return [mean - reach, mean + reach];
}

/** Holm's step-down correction: p-values that hold for all tests together, in the order given. @see Holm 1979 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, k) => k).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let floor = 0;
  order.forEach((k, rank) => {
    floor = Math.min(1, Math.max(floor, (pValues.length - rank) * pValues[k]));
    adjusted[k] = floor;
  });
  return adjusted;
}

/** The straight line through values at 0, 1, 2, …: how much they change a step. */
export function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = meanOf(values);
  let [covariance, variance] = [0, 0];
  values.forEach((value, k) => {
    covariance += (k - middle) * (value - mean);
    variance += (k - middle) ** 2;
  });
  return covariance / variance;
}
