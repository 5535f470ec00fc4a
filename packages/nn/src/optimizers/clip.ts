import { Scalar } from "@isograd/autograd";
import type { ClipNormOptions } from "../clipping/clip-grad-norm.ts";
import { limited } from "../clipping/clip-grad-value.ts";
import { checkFiniteNorm, type NonFiniteOptions } from "../clipping/finite.ts";
import { checkLimit, checkNormType, clipFactor, jointNorm, largestOf } from "../clipping/norms.ts";
import { elementwise } from "./elementwise.ts";
import { scaledBy } from "./scaled-by.ts";
import type { GradientTransform, Updates } from "./transform.ts";

/**
 * `clipGradValue` as a transform.
 *
 * @see optax.clip
 * @example
 * const weight = parameter([0, 0]);
 * weight.grad = tensor([-3, 0.5]);
 * new Optimizer([weight], chain(clipByValue(1), sgd({ learningRate: 1 }))).step();
 * weight; // [1, -0.5]
 */
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

/**
 * `clipGradNorm` as a transform: all gradients together.
 *
 * @see optax.clip_by_global_norm
 * @example
 * const weight = parameter([0, 0]);
 * weight.grad = tensor([3, 4]);
 * new Optimizer([weight], chain(clipByGlobalNorm(1), sgd({ learningRate: 1 }))).step();
 * weight; // [-0.6, -0.8]
 */
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

/**
 * `clipGradNormPerTensor` as a transform: each gradient by itself.
 *
 * @example
 * const [weight, bias] = [parameter([0, 0]), parameter([0])];
 * weight.grad = tensor([3, 4]);
 * bias.grad = tensor([0.5]);
 * new Optimizer([weight, bias], chain(clipByNorm(1), sgd({ learningRate: 1 }))).step();
 * [weight.toArray(), bias.toArray()]; // [[-0.6, -0.8], [-0.5]]
 */
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
