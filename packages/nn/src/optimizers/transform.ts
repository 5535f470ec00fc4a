import type { Tensor } from "@isograd/autograd";
import type { Values } from "../clipping/norms.ts";

/** One array a parameter, of its size; null where no gradient came: that parameter rests. */
export type Updates = (Values | null)[];

/**
 * A step from gradients to what is added to the parameters.
 *
 * What it remembers lies in its state alone: plain objects, arrays, typed arrays and numbers, so that it can be copied and stored. A state
 * with a `learningRate` can be changed by `Optimizer.learningRate`.
 */
export interface GradientTransform<State = unknown> {
  init(parameters: readonly Tensor[]): State;
  /** Makes updates of `gradients`, which it may overwrite and return, and brings the state up to date. What it returns is given away. */
  update(gradients: Updates, state: State, parameters: readonly Tensor[]): Updates;
}

/**
 * Transforms one after the other: what one returns is what the next takes for gradients.
 *
 * @see optax.chain
 * @example
 * new Optimizer(model.parameters(), chain(clipByGlobalNorm(1), adam({ learningRate: 1e-3 })));
 */
export function chain(...transforms: readonly GradientTransform[]): GradientTransform<unknown[]> {
  return {
    init: (parameters) => transforms.map((transform) => transform.init(parameters)),
    update: (gradients, state, parameters) => {
      let updates = gradients;
      for (let k = 0; k < transforms.length; k++)
        updates = transforms[k].update(updates, state[k], parameters);
      return updates;
    },
  };
}

/** A transform that remembers nothing. */
export function stateless(
  update: (gradients: Updates, parameters: readonly Tensor[]) => Updates,
): GradientTransform<null> {
  return { init: () => null, update: (gradients, _, parameters) => update(gradients, parameters) };
}
