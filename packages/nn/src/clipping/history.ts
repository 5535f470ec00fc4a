import { ArgumentError } from "@isograd/autograd";

/** The norms of past gradients: plain data, begun as `normHistory()`. */
export interface NormHistory {
  /** In the order in which they came. */
  readonly norms: number[];
  /** The same, from the smallest to the largest. */
  readonly sorted: number[];
}

/** Running moments of the norms of past gradients: plain data, begun as `normMoments()`. */
export interface NormMoments {
  /** How many norms there were. */
  count: number;
  mean: number;
  variance: number;
}

/**
 * No past yet, for `clipGradPercentile`.
 *
 * @example
 * const [weight, history] = [parameter([0]), normHistory()];
 * weight.grad = tensor([-2]);
 * clipGradPercentile([weight], history);
 * history; // { norms: [2], sorted: [2] }
 */
export const normHistory = (): NormHistory => ({ norms: [], sorted: [] });

/**
 * No past yet, for `clipGradZScore`.
 *
 * @example
 * const [weight, moments] = [parameter([0]), normMoments()];
 * weight.grad = tensor([-2]);
 * clipGradZScore([weight], moments);
 * moments; // { count: 1, mean: 2, variance: 0 }
 */
export const normMoments = (): NormMoments => ({ count: 0, mean: 0, variance: 0 });

export interface PercentileSettings {
  /** Which share of the past norms, in percent, the limit is not below; default 10. */
  readonly percentile?: number;
  /** How many of the last norms count, this one included; default: all. */
  readonly window?: number;
}

export function checkPercentile(
  operation: string,
  { percentile = 10, window = Number.POSITIVE_INFINITY }: PercentileSettings,
): Required<PercentileSettings> {
  if (!(percentile >= 0 && percentile <= 100))
    throw new ArgumentError(operation, "expected a percentile from 0 to 100", percentile);
  if (!(window === Number.POSITIVE_INFINITY || (Number.isInteger(window) && window >= 1)))
    throw new ArgumentError(operation, "expected a window of at least one step", window);
  return { percentile, window };
}

/** Adds a norm to the past; returns the percentile of the past, between two norms by proportion. */
export function percentileOf(
  norm: number,
  { norms, sorted }: NormHistory,
  { percentile, window }: Required<PercentileSettings>,
): number {
  norms.push(norm);
  sorted.splice(placeIn(sorted, norm), 0, norm);
  while (norms.length > window) sorted.splice(placeIn(sorted, norms.shift() as number), 1);
  const at = (percentile / 100) * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/** The first place whose number is not below `value`. */
function placeIn(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface ZScoreSettings {
  /** How many standard deviations above the mean is too much; default 2.5. */
  readonly threshold?: number;
  /** How much of the running mean and variance is kept at each step; default 0.97. */
  readonly decay?: number;
  /** From how many norms the first mean and variance are taken; until then nothing is clipped; default 25. */
  readonly warmUp?: number;
}

export function checkZScore(
  operation: string,
  { threshold = 2.5, decay = 0.97, warmUp = 25 }: ZScoreSettings,
): Required<ZScoreSettings> {
  if (!(threshold > 0)) throw new ArgumentError(operation, "expected a positive threshold", threshold);
  if (!(decay >= 0 && decay < 1)) throw new ArgumentError(operation, "expected a decay in [0, 1)", decay);
  if (!(Number.isInteger(warmUp) && warmUp >= 2))
    throw new ArgumentError(operation, "expected a warm-up of at least two steps", warmUp);
  return { threshold, decay, warmUp };
}

/** Adds a norm to the past, as it is after clipping; returns what it is limited to. */
export function zScoreLimit(
  norm: number,
  moments: NormMoments,
  { threshold, decay, warmUp }: Required<ZScoreSettings>,
): number {
  moments.count++;
  const { count, mean, variance } = moments;
  if (count <= warmUp) {
    // Mean and variance of all so far.
    const next = mean + (norm - mean) / count;
    moments.variance = variance + ((norm - mean) * (norm - next) - variance) / count;
    moments.mean = next;
    return Number.POSITIVE_INFINITY;
  }
  const deviation = Math.sqrt(variance);
  const score = (norm - mean) / (deviation + tiny);
  const limit = score > threshold ? mean + (threshold ** 2 / score) * deviation : Number.POSITIVE_INFINITY;
  const kept = Math.min(norm, limit);
  moments.mean = decay * mean + (1 - decay) * kept;
  moments.variance = decay * variance + (1 - decay) * (kept - moments.mean) ** 2;
  return limit;
}

/** Against division by a deviation of zero. */
const tiny = 1e-6;
