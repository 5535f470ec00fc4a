import type { Tensor } from "@isograd/autograd";
import { planned } from "./plan.ts";
import type { ElementRule, GradientTransform } from "./transform.ts";

/**
 * Makes a transform of what it does to one element.
 *
 * An optimizer runs such transforms, neighbours in a chain together, in one loop that reads and writes every number once.
 *
 *
 * @example
 * // The sign of the gradient decides.
 * const signs = (rate: number) => elementwise({ init: () => null, write: ({ gradient }) => [mul(-rate, sign(gradient))] });
 * const weight = parameter([1, 1]);
 * weight.grad = tensor([3, -0.3]);
 * new Optimizer([weight], signs(0.1)).step();
 * weight; // [0.9, 1.1]
 */
export const elementwise = <State>({
  init,
  ...rule
}: ElementRule<State> & { init(parameters: readonly Tensor[]): State }): GradientTransform<State> =>
  planned(init, { rule });
