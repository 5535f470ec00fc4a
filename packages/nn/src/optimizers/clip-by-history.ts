import {
  measureByHistory,
  type PercentileOptions,
  type ZScoreOptions,
} from "../clipping/clip-grad-by-history.ts";
import {
  checkPercentile,
  checkZScore,
  type NormHistory,
  type NormMoments,
  normHistory,
  normMoments,
  percentileOf,
  zScoreLimit,
} from "../clipping/history.ts";
import { checkNormType } from "../clipping/norms.ts";
import { scaledBy } from "./scaled-by.ts";
import type { GradientTransform } from "./transform.ts";

/**
 * `clipGradPercentile` as a transform; the norms so far are its state.
 *
 * @see Seetharaman et al. 2020, "AutoClip"
 * @example
 * const weight = parameter([0]);
 * const optimizer = new Optimizer([weight], chain(clipByPercentile({ percentile: 50 }), sgd({ learningRate: 1 })));
 * for (const size of [1, 1, 9]) {
 *   weight.grad = tensor([size]);
 *   optimizer.step();
 * }
 * weight; // [-3]
 */
export function clipByPercentile(options: PercentileOptions = {}): GradientTransform<NormHistory> {
  const settings = checkPercentile("clipByPercentile", options);
  checkNormType("clipByPercentile", options.normType ?? 2);
  return scaledBy(normHistory, (gradients, history) => {
    const limitOf = (norm: number): number => percentileOf(norm, history, settings);
    const { factor } = measureByHistory("clipByPercentile", gradients, options, limitOf);
    return gradients.map(() => factor);
  });
}

/**
 * `clipGradZScore` as a transform; the running moments are its state.
 *
 * @see Kumar et al. 2025, "ZClip"
 * @example
 * const weight = parameter([0]);
 * const optimizer = new Optimizer([weight], chain(clipByZScore({ warmUp: 2 }), sgd({ learningRate: 1 })));
 * for (const size of [1, 3, 12]) {
 *   weight.grad = tensor([size]);
 *   optimizer.step();
 * }
 * weight; // [-6.625]
 */
export function clipByZScore(options: ZScoreOptions = {}): GradientTransform<NormMoments> {
  const settings = checkZScore("clipByZScore", options);
  checkNormType("clipByZScore", options.normType ?? 2);
  return scaledBy(normMoments, (gradients, moments) => {
    const limitOf = (norm: number): number => zScoreLimit(norm, moments, settings);
    const { factor } = measureByHistory("clipByZScore", gradients, options, limitOf);
    return gradients.map(() => factor);
  });
}
