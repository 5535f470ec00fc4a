import { add, mul, sign } from "@isograd/autograd";
import { type Values, zerosLike } from "../clipping/norms.ts";
import { average, descent } from "./descent.ts";
import { type Memory, type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { checkNotNegative, checkShares } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface LionOptions {
  /** Default 1e-4. */
  readonly learningRate?: number;
  /** How much of the mean is kept in the step, and how much from step to step; default [0.9, 0.99]. */
  readonly betas?: readonly [inStep: number, onwards: number];
  /** Takes learningRate times so much of each parameter off, whatever its gradient; default 0. */
  readonly weightDecay?: number;
  /** Climbs instead of descending; default false. */
  readonly maximize?: boolean;
}

export interface LionMemory extends Memory {
  readonly mean: Values;
}

export type LionState = Remembered<LionMemory>;

/**
 * Lion as a transform: every element moves by the learning rate, in the direction of the sign of a running mean.
 *
 * @throws ArgumentError if a learning rate or weight decay is negative or a beta lies outside [0, 1)
 * @see Chen et al. 2023, "Symbolic discovery of optimization algorithms"
 * @example
 * const weight = parameter([1, 1]);
 * weight.grad = tensor([3, -0.3]);
 * new Optimizer([weight], lion({ learningRate: 0.1 })).step();
 * weight; // [0.9, 1.1]
 */
export function lion(options: LionOptions = {}): GradientTransform<LionState> {
  const { learningRate = 1e-4, betas = [0.9, 0.99], weightDecay = 0, maximize = false } = options;
  checkNotNegative("lion", { learningRate, weightDecay });
  checkShares("lion", "betas", ...betas);
  return remembering<LionMemory, { learningRate: number }>({
    own: { learningRate },
    begin: (like) => ({ step: 0, mean: zerosLike(like) }),
    keeps: ["mean"],
    numbers: 1,
    write: (element) => {
      const [mean] = element.kept;
      const g = descent(element, { maximize });
      const direction = sign(average(betas[0], mean, g));
      const step = weightDecay === 0 ? direction : add(direction, mul(weightDecay, element.parameter));
      return [mul(element.numbers[0], step), average(betas[1], mean, g)];
    },
    take: (_, state) => [-state.learningRate],
  });
}

/**
 * The optimizer of `lion`.
 *
 *
 * @example
 * const optimizer = new Lion(model.parameters(), { learningRate: 0.02 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const Lion: OptimizerClass<LionOptions, LionState> = /* @__PURE__ */ optimizerClass("Lion", lion);
export type Lion = Optimizer<LionState>;
