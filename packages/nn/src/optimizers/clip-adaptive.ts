import { type AdaptiveClipOptions, checkAdaptive, clipUnits } from "../clipping/clip-grad-adaptive.ts";
import { checkFiniteNorm } from "../clipping/finite.ts";
import { largestOf, type Values } from "../clipping/norms.ts";
import type { GradientTransform } from "./transform.ts";

/**
 * `clipGradAdaptive` as a transform.
 *
 * @see optax.adaptive_grad_clip; Brock et al. 2021
 * @example
 * const weight = parameter([[3, 4]]);
 * weight.grad = tensor([[0.6, 0.8]]);
 * new Optimizer([weight], chain(clipAdaptive({ clipping: 0.1 }), sgd({ learningRate: 1 }))).step();
 * weight; // [[2.7, 3.6]]
 */
export function clipAdaptive(options: AdaptiveClipOptions = {}): GradientTransform<null> {
  const settings = checkAdaptive("clipAdaptive", options);
  return {
    init: () => null,
    update: (gradients, _, parameters) => {
      checkFiniteNorm("clipAdaptive", largestOf(gradients), gradients, options);
      for (const [k, gradient] of gradients.entries())
        if (gradient !== null)
          clipUnits(gradient, parameters[k].values() as Values, parameters[k].shape, settings);
      return gradients;
    },
  };
}
