import { add, div, mul, sqrt, square } from "@isograd/autograd";
import { zerosLike } from "../clipping/norms.ts";
import type { AdamMemory } from "./adam.ts";
import { chain } from "./chain.ts";
import { average } from "./descent.ts";
import { type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { scaleByLearningRate, scaleByTrustRatio } from "./scale.ts";
import { checkNotNegative, checkShares } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface LAMBOptions {
  /** Default 1e-3. */
  readonly learningRate?: number;
  /** How much of the mean, and of the mean square, of past gradients is kept; default [0.9, 0.999]. */
  readonly betas?: readonly [first: number, second: number];
  /** Added to the root of the mean square; default 1e-6. */
  readonly eps?: number;
  /** Adds so much of each parameter to its direction; default 0. */
  readonly weightDecay?: number;
}

/**
 * LAMB as a transform: Adam's direction, in each parameter as long as the parameter is.
 *
 * @throws ArgumentError if a learning rate, eps or weight decay is negative or a beta lies outside [0, 1)
 * @see You et al. 2020, "Large batch optimization for deep learning"; optax.lamb
 * @example
 * const weight = parameter([3, 4]);
 * weight.grad = tensor([0, 10]);
 * new Optimizer([weight], lamb({ learningRate: 0.1 })).step();
 * weight; // [3, 3.5000]
 */
export function lamb(options: LAMBOptions = {}): GradientTransform<unknown[]> {
  const { learningRate = 1e-3, betas = [0.9, 0.999], eps = 1e-6, weightDecay = 0 } = options;
  checkNotNegative("lamb", { learningRate, eps, weightDecay });
  checkShares("lamb", "betas", ...betas);
  return chain(
    adamDirection(betas, eps, weightDecay),
    scaleByTrustRatio(),
    scaleByLearningRate(learningRate),
  );
}

const adamDirection = (
  [beta1, beta2]: readonly [number, number],
  eps: number,
  weightDecay: number,
): GradientTransform<Remembered<AdamMemory, object>> =>
  remembering<AdamMemory, object>({
    own: {},
    begin: (like) => ({ step: 0, mean: zerosLike(like), square: zerosLike(like), largest: null }),
    keeps: ["mean", "square"],
    numbers: 2,
    write: ({ gradient, parameter, kept, numbers: [scale, correction] }) => {
      const mean = average(beta1, kept[0], gradient);
      const meanSquare = average(beta2, kept[1], square(gradient));
      const direction = div(mul(scale, mean), add(mul(correction, sqrt(meanSquare)), eps));
      const decayed = weightDecay === 0 ? direction : add(direction, mul(weightDecay, parameter));
      return [decayed, mean, meanSquare];
    },
    take: ({ step }) => [1 / (1 - beta1 ** step), 1 / Math.sqrt(1 - beta2 ** step)],
  });

/**
 * The optimizer of `lamb`.
 *
 * @example
 * const optimizer = new LAMB(model.parameters(), { learningRate: 0.05 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const LAMB: OptimizerClass<LAMBOptions, unknown[]> = /* @__PURE__ */ optimizerClass("LAMB", lamb);
export type LAMB = Optimizer<unknown[]>;
