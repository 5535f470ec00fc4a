import type { ClipNormOptions } from "../clipping/clip-grad-norm.ts";
import { clampTo } from "../clipping/clip-grad-value.ts";
import { checkFiniteNorm, type NonFiniteOptions } from "../clipping/finite.ts";
import {
  checkLimit,
  checkNormType,
  clipFactor,
  jointNorm,
  largestOf,
  type Values,
} from "../clipping/norms.ts";
import { type GradientTransform, stateless } from "./transform.ts";

/** `clipGradValue` as a transform. @see optax.clip */
export function clipByValue(limit: number, options: NonFiniteOptions = {}): GradientTransform<null> {
  checkLimit("clipByValue", limit);
  return stateless((gradients) => {
    checkFiniteNorm("clipByValue", largestOf(present(gradients)), gradients, options);
    for (const values of present(gradients))
      for (let i = 0; i < values.length; i++) values[i] = clampTo(values[i], limit);
    return gradients;
  });
}

/** `clipGradNorm` as a transform: all gradients together. @see optax.clip_by_global_norm */
export function clipByGlobalNorm(maxNorm: number, options: ClipNormOptions = {}): GradientTransform<null> {
  const { normType = 2 } = options;
  checkLimit("clipByGlobalNorm", maxNorm);
  checkNormType("clipByGlobalNorm", normType);
  return stateless((gradients) => {
    const norm = jointNorm(present(gradients), normType);
    checkFiniteNorm("clipByGlobalNorm", norm, gradients, options);
    const factor = clipFactor(norm, maxNorm);
    for (const values of present(gradients)) scaleBy(values, factor);
    return gradients;
  });
}

/** `clipGradNormPerTensor` as a transform: each gradient by itself. */
export function clipByNorm(maxNorm: number, options: ClipNormOptions = {}): GradientTransform<null> {
  const { normType = 2 } = options;
  checkLimit("clipByNorm", maxNorm);
  checkNormType("clipByNorm", normType);
  return stateless((gradients) => {
    const norms = gradients.map((values) => (values === null ? 0 : jointNorm([values], normType)));
    for (const norm of norms) checkFiniteNorm("clipByNorm", norm, gradients, options);
    gradients.forEach((values, k) => {
      if (values !== null) scaleBy(values, clipFactor(norms[k], maxNorm));
    });
    return gradients;
  });
}

const present = (gradients: readonly (Values | null)[]): Values[] =>
  gradients.filter((values) => values !== null);

function scaleBy(values: Values, factor: number): void {
  if (factor === 1) return;
  for (let i = 0; i < values.length; i++) values[i] *= factor;
}
