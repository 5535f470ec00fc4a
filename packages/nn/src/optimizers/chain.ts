import { planned } from "./plan.ts";
import type { GradientTransform } from "./transform.ts";

/**
 * Transforms one after the other: what one returns is what the next takes for gradients.
 *
 * @see optax.chain
 * @example
 * const weight = parameter([0, 0]);
 * weight.grad = tensor([3, 4]);
 * new Optimizer([weight], chain(clipByGlobalNorm(1), sgd({ learningRate: 0.1 }))).step();
 * weight; // [-0.06, -0.08]
 */
export const chain = (...transforms: readonly GradientTransform[]): GradientTransform<unknown[]> =>
  planned((parameters) => transforms.map((transform) => transform.init(parameters)), { chain: transforms });
