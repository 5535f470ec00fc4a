import { add, mul } from "@isograd/autograd";
import { jointNorm, type Values, zerosLike } from "../clipping/norms.ts";
import { type Memory, type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { checkNotNegative } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface LARSOptions {
  readonly learningRate: number;
  /** The share of the last step that is kept; default 0.9. */
  readonly momentum?: number;
  /** Adds so much of each parameter to its gradient; default 0. */
  readonly weightDecay?: number;
  /** The length of a step to that of its parameter, before the learning rate; default 0.001. */
  readonly trustCoefficient?: number;
  /** Added to the norm that is divided by; default 0. */
  readonly eps?: number;
}

export interface LARSMemory extends Memory {
  readonly velocity: Values;
}

export type LARSState = Remembered<LARSMemory>;

/**
 * LARS as a transform: momentum along gradients that are, in each parameter, in a fixed proportion to the parameter's norm.
 *
 * Where the parameter or its gradient is 0, the gradient is taken as it is.
 *
 * @throws ArgumentError if an option is negative
 * @see You, Gitman, Ginsburg 2017, "Large batch training of convolutional networks"
 * @example
 * const weight = parameter([3, 4]);
 * weight.grad = tensor([0, 10]);
 * new Optimizer([weight], lars({ learningRate: 1, trustCoefficient: 0.1 })).step();
 * weight; // [3, 3.5]
 */
export function lars(options: LARSOptions): GradientTransform<LARSState> {
  const { learningRate, momentum = 0.9, weightDecay = 0, trustCoefficient = 0.001, eps = 0 } = options;
  checkNotNegative("lars", { learningRate, momentum, weightDecay, trustCoefficient, eps });
  return remembering<LARSMemory, { learningRate: number }>({
    own: { learningRate },
    begin: (like) => ({ step: 0, velocity: zerosLike(like) }),
    keeps: ["velocity"],
    numbers: 2,
    measure: (gradients, _, parameters) =>
      gradients.map((gradient, k) => {
        if (gradient === null) return 1;
        const [weight, slope] = [jointNorm([parameters[k].values() as Values], 2), jointNorm([gradient], 2)];
        return weight === 0 || slope === 0
          ? 1
          : (trustCoefficient * weight) / (slope + weightDecay * weight + eps);
      }),
    write: ({ gradient, parameter, kept: [before], numbers: [ratio, rate] }) => {
      const g = weightDecay === 0 ? gradient : add(gradient, mul(weightDecay, parameter));
      const velocity = add(mul(momentum, before), mul(mul(rate, ratio), g));
      return [velocity, velocity];
    },
    take: (_, state) => [-state.learningRate],
  });
}

/**
 * The optimizer of `lars`.
 *
 *
 * @example
 * const optimizer = new LARS(model.parameters(), { learningRate: 10 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const LARS: OptimizerClass<LARSOptions, LARSState> = /* @__PURE__ */ optimizerClass("LARS", lars);
export type LARS = Optimizer<LARSState>;
