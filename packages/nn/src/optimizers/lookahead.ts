import { add, gt, sub, type Tensor, where } from "@isograd/autograd";
import type { Values } from "../clipping/norms.ts";
import { chain } from "./chain.ts";
import { average } from "./descent.ts";
import { elementwise } from "./elementwise.ts";
import { checkCount, checkUnit } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface LookaheadOptions {
  /** How far the slow weights go towards the fast ones, within [0, 1]; default 0.5. */
  readonly alpha?: number;
  /** How many fast steps there are to a slow one; default 5. */
  readonly steps?: number;
}

export interface LookaheadState {
  readonly steps: number[];
  /** The slow weights. */
  readonly slow: Values[];
}

/**
 * Lookahead as a transform: every few steps of `inner`, slow weights go a part of the way, and the parameters are set back to them.
 *
 * The slow weights begin as the parameters are when the optimizer is made.
 *
 * @throws ArgumentError unless alpha lies within [0, 1] and steps is whole
 * @see Zhang et al. 2019, "Lookahead optimizer: k steps forward, 1 step back"
 * @example
 * const weight = parameter([1]);
 * const optimizer = new Optimizer([weight], lookahead(sgd({ learningRate: 0.1 }), { steps: 2, alpha: 0.5 }));
 * weight.grad = tensor([1]);
 * optimizer.step();
 * optimizer.step();
 * weight; // [0.9]
 */
export function lookahead(
  inner: GradientTransform,
  options: LookaheadOptions = {},
): GradientTransform<unknown[]> {
  const { alpha = 0.5, steps = 5 } = options;
  checkUnit("lookahead", "alpha", alpha);
  checkCount("lookahead", "steps", steps);
  const slowly = elementwise<LookaheadState>({
    init: (parameters: readonly Tensor[]) => ({
      steps: parameters.map(() => 0),
      slow: parameters.map((parameter) => parameter.values().slice() as Values),
    }),
    arrays: 1,
    numbers: 1,
    write: ({ gradient, parameter, kept: [slow], numbers: [isLast] }) => {
      const last = gt(isLast, 0);
      const next = where(last, average(1 - alpha, slow, add(parameter, gradient)), slow);
      return [where(last, sub(next, parameter), gradient), next];
    },
    take: (state, place) => {
      state.steps[place]++;
      return { arrays: [state.slow[place]], numbers: [state.steps[place] % steps === 0 ? 1 : 0] };
    },
  });
  return chain(inner, slowly);
}
