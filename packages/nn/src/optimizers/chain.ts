import { Plan } from "./plan.ts";
import type { GradientTransform } from "./transform.ts";

/**
 * Transforms one after the other: what one returns is what the next takes for gradients.
 *
 * @see optax.chain
 * @example
 * new Optimizer(model.parameters(), chain(clipByGlobalNorm(1), adam({ learningRate: 1e-3 })));
 */
export function chain(...links: readonly GradientTransform[]): GradientTransform<unknown[]> {
  let plan: Plan | undefined;
  const made: GradientTransform<unknown[]> = {
    links,
    init: (parameters) => links.map((transform) => transform.init(parameters)),
    update: (gradients, state, parameters) => {
      plan ??= new Plan(made, false);
      return plan.run(gradients, true, state, parameters);
    },
  };
  return made;
}
