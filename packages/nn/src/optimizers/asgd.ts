import { add, mul } from "@isograd/autograd";
import { type Values, zerosLike } from "../clipping/norms.ts";
import { type DescentOptions, descent } from "./descent.ts";
import { type Memory, type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { checkNotNegative } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface ASGDOptions extends DescentOptions {
  /** Default 0.01. */
  readonly learningRate?: number;
  /** Takes rate times so much of each parameter off, and makes the rate fall; default 1e-4. */
  readonly lambda?: number;
  /** The rate of step t is learningRate / (1 + lambda · learningRate · t)^alpha; default 0.75. */
  readonly alpha?: number;
  /** After how many steps averaging begins; default 1e6. */
  readonly t0?: number;
}

export interface ASGDMemory extends Memory {
  /** The mean of the parameter's values since averaging began; until then its value. */
  readonly average: Values;
  /** The rate of the next step; null before the first, which has the learning rate. */
  rate: number | null;
  /** The weight of the next value in the average. */
  weight: number;
}

export type ASGDState = Remembered<ASGDMemory>;

/**
 * Averaged stochastic gradient descent, as a transform; the averages are in its state.
 *
 * A learning rate that is set between two steps counts from the step after the next, as in PyTorch.
 *
 * @throws ArgumentError if an option is negative
 * @see Polyak, Juditsky 1992, "Acceleration of stochastic approximation by averaging"; torch.optim.ASGD
 * @example
 * const weight = parameter([1]);
 * weight.grad = tensor([1]);
 * new Optimizer([weight], asgd({ learningRate: 0.1, lambda: 0.5 })).step();
 * weight; // [0.85]
 */
export function asgd(options: ASGDOptions = {}): GradientTransform<ASGDState> {
  const { learningRate = 0.01, lambda = 1e-4, alpha = 0.75, t0 = 1e6, weightDecay = 0 } = options;
  checkNotNegative("asgd", { learningRate, lambda, alpha, t0, weightDecay });
  return remembering<ASGDMemory, { learningRate: number }>({
    own: { learningRate },
    begin: (like) => ({ step: 0, average: zerosLike(like), rate: null, weight: 1 }),
    keeps: ["average"],
    numbers: 4,
    write: (element) => {
      const [rate, shrinkage, past, present] = element.numbers;
      const step = add(mul(shrinkage, element.parameter), mul(rate, descent(element, options)));
      const value = add(element.parameter, step);
      return [step, add(mul(past, element.kept[0]), mul(present, value))];
    },
    take: (memory, { learningRate: base }) => {
      const { rate, weight, step } = memory;
      const now = rate ?? base;
      memory.rate = base / (1 + lambda * base * step) ** alpha;
      memory.weight = 1 / Math.max(1, step - t0);
      return [-now, -now * lambda, 1 - weight, weight];
    },
  });
}

/**
 * The optimizer of `asgd`.
 *
 * @see torch.optim.ASGD
 * @example
 * const optimizer = new ASGD(model.parameters(), { learningRate: 0.1 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const ASGD: OptimizerClass<ASGDOptions, ASGDState> = /* @__PURE__ */ optimizerClass("ASGD", asgd);
export type ASGD = Optimizer<ASGDState>;
