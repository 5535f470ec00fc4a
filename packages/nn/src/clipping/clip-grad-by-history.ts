import type { Tensor } from "@isograd/autograd";
import { rescale } from "./clip-grad-norm.ts";
import { checkFiniteNorm, type NonFiniteOptions } from "./finite.ts";
import { gradientsOf } from "./gradients.ts";
import {
  checkPercentile,
  checkZScore,
  type NormHistory,
  type NormMoments,
  type PercentileSettings,
  percentileOf,
  type ZScoreSettings,
  zScoreLimit,
} from "./history.ts";
import { type Clipped, checkNormType, jointNorm, type Values } from "./norms.ts";

export interface HistoryOptions extends NonFiniteOptions {
  /** p of the p-norm, Infinity for the largest element; default 2. */
  readonly normType?: number;
}

export interface PercentileOptions extends HistoryOptions, PercentileSettings {}

export interface ZScoreOptions extends HistoryOptions, ZScoreSettings {}

/** What clipping did, and what it clipped to: Infinity where there was no limit. */
export interface ClippedToLimit extends Clipped {
  readonly limit: number;
}

/**
 * Rescales all gradients together so that their joint norm is at most a percentile of all norms so far, this one included.
 *
 * @param history of the norms before clipping, `normHistory()` at first; the present one is added
 * @returns the norm before clipping, the percentile, and the factor
 * @throws NonFiniteError if the norm is NaN or infinite: nothing is changed then; with `errorIfNonFinite: false` the gradients stay, and the past too
 * @see Seetharaman et al. 2020, "AutoClip: adaptive gradient clipping for source separation networks"
 * @example
 * const [weight, history] = [parameter([0]), normHistory()];
 * for (const size of [1, 1, 9]) {
 *   weight.grad = tensor([size]);
 *   clipGradPercentile([weight], history, { percentile: 50 });
 * }
 * weight.grad; // [1]
 */
export function clipGradPercentile(
  parameters: Iterable<Tensor>,
  history: NormHistory,
  options: PercentileOptions = {},
): ClippedToLimit {
  const settings = checkPercentile("clipGradPercentile", options);
  return clip("clipGradPercentile", parameters, options, (norm) => percentileOf(norm, history, settings));
}

/**
 * Rescales all gradients together where their joint norm lies too many standard deviations z above its running mean: to threshold² / z
 * standard deviations above it, so that the farther out, the closer to the mean.
 *
 * @param moments of the norms after clipping, `normMoments()` at first; the present one is added
 * @returns the norm before clipping, the limit, and the factor
 * @throws NonFiniteError if the norm is NaN or infinite: nothing is changed then; with `errorIfNonFinite: false` the gradients stay, and the past too
 * @see Kumar et al. 2025, "ZClip: adaptive spike mitigation for LLM pre-training"
 * @example
 * const [weight, moments] = [parameter([0]), normMoments()];
 * for (const size of [1, 3, 12]) {
 *   weight.grad = tensor([size]);
 *   clipGradZScore([weight], moments, { warmUp: 2, threshold: 2.5 });
 * }
 * weight.grad; // [2.625]
 */
export function clipGradZScore(
  parameters: Iterable<Tensor>,
  moments: NormMoments,
  options: ZScoreOptions = {},
): ClippedToLimit {
  const settings = checkZScore("clipGradZScore", options);
  return clip("clipGradZScore", parameters, options, (norm) => zScoreLimit(norm, moments, settings));
}

function clip(
  operation: string,
  parameters: Iterable<Tensor>,
  options: HistoryOptions,
  limitOf: (norm: number) => number,
): ClippedToLimit {
  const gradients = gradientsOf(operation, parameters);
  const arrays = gradients.map((gradient) => gradient?.values ?? null);
  const done = measureByHistory(operation, arrays, options, limitOf);
  if (done.factor !== 1)
    for (const gradient of gradients) if (gradient !== null) rescale(gradient, done.factor);
  return done;
}

/** The norm of gradients, what it is limited to, and the factor; the past is brought up to date, unless the norm is not finite. */
export function measureByHistory(
  operation: string,
  arrays: readonly (Values | null)[],
  options: HistoryOptions,
  limitOf: (norm: number) => number,
): ClippedToLimit {
  const { normType = 2 } = options;
  checkNormType(operation, normType);
  const norm = jointNorm(arrays, normType);
  checkFiniteNorm(operation, norm, arrays, options);
  const limit = Number.isFinite(norm) ? limitOf(norm) : Number.POSITIVE_INFINITY;
  return { norm, limit, factor: norm > limit ? limit / norm : 1 };
}
