import { Scalar } from "@isograd/autograd";
import type { ClipNormOptions } from "../clipping/clip-grad-norm.ts";
import { limited } from "../clipping/clip-grad-value.ts";
import { checkFiniteNorm, type NonFiniteOptions } from "../clipping/finite.ts";
import { checkLimit, checkNormType, clipFactor, jointNorm, largestOf } from "../clipping/norms.ts";
import { elementwise } from "./elementwise.ts";
import { scaledBy } from "./scaled-by.ts";
import type { GradientTransform, Updates } from "./transform.ts";

/** `clipGradValue` as a transform. @see optax.clip */
export function clipByValue(limit: number, options: NonFiniteOptions = {}): GradientTransform<null> {
  checkLimit("clipByValue", limit);
  return elementwise({
    init: () => null,
    measure: (gradients) => {
      checkFiniteNorm("clipByValue", largestOf(gradients), gradients, options);
      return null;
    },
    write: ({ gradient }) => [limited(gradient, Scalar.constant(limit))],
  });
}

/** `clipGradNorm` as a transform: all gradients together. @see optax.clip_by_global_norm */
export function clipByGlobalNorm(maxNorm: number, options: ClipNormOptions = {}): GradientTransform<null> {
  const { normType = 2 } = options;
  checkLimit("clipByGlobalNorm", maxNorm);
  checkNormType("clipByGlobalNorm", normType);
  return scaled((gradients) => {
    const norm = jointNorm(gradients, normType);
    checkFiniteNorm("clipByGlobalNorm", norm, gradients, options);
    const factor = clipFactor(norm, maxNorm);
    return gradients.map(() => factor);
  });
}

/** `clipGradNormPerTensor` as a transform: each gradient by itself. */
export function clipByNorm(maxNorm: number, options: ClipNormOptions = {}): GradientTransform<null> {
  const { normType = 2 } = options;
  checkLimit("clipByNorm", maxNorm);
  checkNormType("clipByNorm", normType);
  return scaled((gradients) => {
    const norms = gradients.map((values) => jointNorm([values], normType));
    for (const norm of norms) checkFiniteNorm("clipByNorm", norm, gradients, options);
    return norms.map((norm) => clipFactor(norm, maxNorm));
  });
}

/** Multiplies each gradient by a factor. */
const scaled = (factorsOf: (gradients: Readonly<Updates>) => readonly number[]): GradientTransform<null> =>
  scaledBy(() => null, factorsOf);
