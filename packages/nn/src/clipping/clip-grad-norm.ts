import { fusedLoop, mul, type Tensor } from "@isograd/autograd";
import { checkFiniteNorm, type NonFiniteOptions } from "./finite.ts";
import { type Gradient, gradientsOf, replaceGradient } from "./gradients.ts";
import { type Clipped, checkLimit, checkNormType, clipFactor, jointNorm } from "./norms.ts";

export interface ClipNormOptions extends NonFiniteOptions {
  /** p of the p-norm, Infinity for the largest element; default 2. */
  readonly normType?: number;
}

/**
 * Rescales all gradients together so that their joint norm is at most `maxNorm`; their direction stays.
 *
 * @param maxNorm positive, in units of the gradients
 * @returns the norm before clipping, and the factor
 * @throws NonFiniteError if the norm is NaN or infinite: nothing is rescaled then
 * @see Pascanu, Mikolov, Bengio 2013, "On the difficulty of training recurrent neural networks"; torch.nn.utils.clip_grad_norm_
 * @example
 * const weight = parameter([0, 0]);
 * weight.grad = tensor([3, 4]);
 * clipGradNorm([weight], 1); // { norm: 5, factor: 0.2 }
 * weight.grad; // [0.6, 0.8]
 */
export function clipGradNorm(
  parameters: Iterable<Tensor>,
  maxNorm: number,
  options: ClipNormOptions = {},
): Clipped {
  const { normType = 2 } = options;
  checkLimit("clipGradNorm", maxNorm);
  checkNormType("clipGradNorm", normType);
  const gradients = gradientsOf("clipGradNorm", parameters);
  const values = gradients.map(valuesOf);
  const norm = jointNorm(values, normType);
  checkFiniteNorm("clipGradNorm", norm, values, options);
  const factor = clipFactor(norm, maxNorm);
  if (factor !== 1) for (const gradient of gradients) if (gradient !== null) rescale(gradient, factor);
  return { norm, factor };
}

/**
 * Rescales each gradient by itself so that its norm is at most `maxNorm`; the direction of the whole changes.
 *
 * @returns for each parameter the norm before clipping and the factor, null where it has no gradient
 * @throws NonFiniteError if a norm is NaN or infinite: nothing is rescaled then
 * @example
 * const [weight, bias] = [parameter([0, 0]), parameter([0])];
 * weight.grad = tensor([3, 4]);
 * bias.grad = tensor([0.5]);
 * clipGradNormPerTensor([weight, bias], 1); // [{ norm: 5, factor: 0.2 }, { norm: 0.5, factor: 1 }]
 */
export function clipGradNormPerTensor(
  parameters: Iterable<Tensor>,
  maxNorm: number,
  options: ClipNormOptions = {},
): (Clipped | null)[] {
  const { normType = 2 } = options;
  checkLimit("clipGradNormPerTensor", maxNorm);
  checkNormType("clipGradNormPerTensor", normType);
  const gradients = gradientsOf("clipGradNormPerTensor", parameters);
  const values = gradients.map(valuesOf);
  const norms = values.map((array) => jointNorm([array], normType));
  for (const norm of norms) checkFiniteNorm("clipGradNormPerTensor", norm, values, options);
  return gradients.map((gradient, k) => {
    if (gradient === null) return null;
    const factor = clipFactor(norms[k], maxNorm);
    if (factor !== 1) rescale(gradient, factor);
    return { norm: norms[k], factor };
  });
}

const scale = /* @__PURE__ */ fusedLoop({ arrays: 1, numbers: 1 }, ([gradient], [factor]) => [
  mul(factor, gradient),
]);

/** Multiplies a gradient. */
export const rescale = (gradient: Gradient, factor: number): void =>
  replaceGradient(gradient, scale([gradient.values], [factor])[0]);

const valuesOf = (gradient: Gradient | null): Gradient["values"] | null => gradient?.values ?? null;
