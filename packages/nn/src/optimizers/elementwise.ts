import type { Tensor } from "@isograd/autograd";
import { Plan } from "./plan.ts";
import type { ElementRule, GradientTransform } from "./transform.ts";

/**
 * Makes a transform of what it does to one element.
 *
 * An optimizer runs such transforms, neighbours in a chain together, in one loop that reads and writes every number once.
 *
 * @example
 * // The sign of the gradient decides.
 * const signs = (rate: number) => elementwise({ init: () => null, write: ({ gradient }) => [mul(-rate, sign(gradient))] });
 */
// @__NO_SIDE_EFFECTS__
export function elementwise<State>({
  init,
  ...rule
}: ElementRule<State> & { init(parameters: readonly Tensor[]): State }): GradientTransform<State> {
  let plan: Plan | undefined;
  const made: GradientTransform<State> = {
    init,
    rule,
    update: (gradients, state, parameters) => {
      plan ??= new Plan(made, false);
      return plan.run(gradients, true, state, parameters);
    },
  };
  return made;
}
