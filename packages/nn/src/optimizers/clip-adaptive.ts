import { type AdaptiveClipOptions, checkAdaptive, clipUnits } from "../clipping/clip-grad-adaptive.ts";
import { checkFiniteNorm } from "../clipping/finite.ts";
import { largestOf, type Values } from "../clipping/norms.ts";
import type { GradientTransform } from "./transform.ts";

/** `clipGradAdaptive` as a transform. @see optax.adaptive_grad_clip; Brock et al. 2021 */
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
