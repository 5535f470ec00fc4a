import { add, div, mul, sqrt, square } from "@isograd/autograd";
import { type Values, zerosLike } from "../clipping/norms.ts";
import { average, type DescentOptions, descent } from "./descent.ts";
import { type Memory, type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { checkNotNegative, checkUnit } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface AdadeltaOptions extends DescentOptions {
  /** Multiplies each step; default 1. */
  readonly learningRate?: number;
  /** How much of the mean squares is kept, within [0, 1]; default 0.9. */
  readonly rho?: number;
  /** Added to the mean squares, inside the roots; default 1e-6. */
  readonly eps?: number;
}

export interface AdadeltaMemory extends Memory {
  /** The mean square of gradients. */
  readonly square: Values;
  /** The mean square of steps, before the learning rate. */
  readonly moved: Values;
}

export type AdadeltaState = Remembered<AdadeltaMemory>;

/**
 * Adadelta as a transform: steps are to gradients as steps were to gradients so far, by root mean squares.
 *
 * @throws ArgumentError if a learning rate, eps or weight decay is negative or rho lies outside [0, 1]
 * @see Zeiler 2012, "ADADELTA: An adaptive learning rate method"; torch.optim.Adadelta
 * @example
 * const weight = parameter([1]);
 * weight.grad = tensor([3]);
 * new Optimizer([weight], adadelta({ rho: 0.9, eps: 1e-6 })).step();
 * weight; // [0.9968]
 */
export function adadelta(options: AdadeltaOptions = {}): GradientTransform<AdadeltaState> {
  const { learningRate = 1, rho = 0.9, eps = 1e-6, weightDecay = 0 } = options;
  checkNotNegative("adadelta", { learningRate, eps, weightDecay });
  checkUnit("adadelta", "rho", rho);
  return remembering<AdadeltaMemory, { learningRate: number }>({
    own: { learningRate },
    begin: (like) => ({ step: 0, square: zerosLike(like), moved: zerosLike(like) }),
    keeps: ["square", "moved"],
    numbers: 1,
    write: (element) => {
      const g = descent(element, options);
      const meanSquare = average(rho, element.kept[0], square(g));
      const moved = element.kept[1];
      const step = mul(div(sqrt(add(moved, eps)), sqrt(add(meanSquare, eps))), g);
      return [mul(element.numbers[0], step), meanSquare, average(rho, moved, square(step))];
    },
    take: (_, state) => [-state.learningRate],
  });
}

/**
 * The optimizer of `adadelta`.
 *
 * @see torch.optim.Adadelta
 * @example
 * const optimizer = new Adadelta(model.parameters(), { learningRate: 10 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const Adadelta: OptimizerClass<AdadeltaOptions, AdadeltaState> = /* @__PURE__ */ optimizerClass(
  "Adadelta",
  adadelta,
);
export type Adadelta = Optimizer<AdadeltaState>;
