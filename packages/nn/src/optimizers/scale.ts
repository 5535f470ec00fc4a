import { add, mul } from "@isograd/autograd";
import { jointNorm, type Values } from "../clipping/norms.ts";
import { elementwise } from "./elementwise.ts";
import { checkNotNegative } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface LearningRateState {
  learningRate: number;
}

/**
 * Multiplies with minus the learning rate: the end of a chain that works out a direction.
 *
 * @param weightDecay takes learningRate times so much of each parameter off besides
 * @throws ArgumentError if a number is negative
 * @see optax.scale_by_learning_rate
 * @example
 * const weight = parameter([1]);
 * weight.grad = tensor([2]);
 * new Optimizer([weight], scaleByLearningRate(0.1)).step();
 * weight; // [0.8]
 */
export function scaleByLearningRate(
  learningRate: number,
  weightDecay = 0,
): GradientTransform<LearningRateState> {
  checkNotNegative("scaleByLearningRate", { learningRate, weightDecay });
  return elementwise<LearningRateState>({
    init: () => ({ learningRate }),
    numbers: 1,
    write: ({ gradient, parameter, numbers: [rate] }) => [
      mul(rate, weightDecay === 0 ? gradient : add(gradient, mul(weightDecay, parameter))),
    ],
    take: (state) => ({ numbers: [-state.learningRate] }),
  });
}

/**
 * Brings each update to the norm of its parameter; 0 of either leaves it as it is.
 *
 * @see optax.scale_by_trust_ratio; You et al. 2020, "Large batch optimization for deep learning"
 * @example
 * const weight = parameter([3, 4]);
 * weight.grad = tensor([0, 0.01]);
 * new Optimizer([weight], chain(scaleByTrustRatio(), scaleByLearningRate(0.1))).step();
 * weight; // [3, 3.5]
 */
export const scaleByTrustRatio = (): GradientTransform<null> =>
  elementwise<null>({
    init: () => null,
    numbers: 1,
    measure: (updates, _, parameters) =>
      updates.map((update, k) => {
        if (update === null) return 1;
        const [weight, length] = [jointNorm([parameters[k].values() as Values], 2), jointNorm([update], 2)];
        return weight === 0 || length === 0 ? 1 : weight / length;
      }),
    write: ({ gradient, numbers: [ratio] }) => [mul(ratio, gradient)],
  });
