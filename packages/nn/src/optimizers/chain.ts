import { planned } from "./plan.ts";
import type { GradientTransform } from "./transform.ts";

/**
 * Transforms one after the other: what one returns is what the next takes for gradients.
 *
 * @see optax.chain
 * @example
 * new Optimizer(model.parameters(), chain(clipByGlobalNorm(1), adam({ learningRate: 1e-3 })));
 */
export const chain = (...transforms: readonly GradientTransform[]): GradientTransform<unknown[]> =>
  planned((parameters) => transforms.map((transform) => transform.init(parameters)), { chain: transforms });
