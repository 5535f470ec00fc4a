import { ArgumentError, clamp, gt, lt, mul, neg, sign, where } from "@isograd/autograd";
import { type Values, zerosLike } from "../clipping/norms.ts";
import { filledLike, type Memory, type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { checkNotNegative } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface RpropOptions {
  /** The first step of each element; default 0.01. */
  readonly learningRate?: number;
  /** What a step is multiplied with where the gradient turned, and where it did not; default [0.5, 1.2]. */
  readonly etas?: readonly [shrink: number, grow: number];
  /** The least and the largest step; default [1e-6, 50]. */
  readonly stepSizes?: readonly [least: number, largest: number];
  /** Climbs instead of descending; default false. */
  readonly maximize?: boolean;
}

export interface RpropMemory extends Memory {
  /** The last gradient, 0 where it turned. */
  readonly before: Values;
  readonly stepSize: Values;
}

export type RpropState = Remembered<RpropMemory>;

/**
 * Rprop as a transform: each element has a step of its own, of which the gradient says the direction alone. For full batches.
 *
 * Where the gradient turns, the step shrinks and is not taken. A learning rate that is set later counts for parameters that have not begun.
 *
 * @throws ArgumentError unless 0 < etas[0] < 1 < etas[1] and the step sizes are in order
 * @see Riedmiller, Braun 1993; torch.optim.Rprop
 * @example
 * const weight = parameter([1, 1]);
 * const optimizer = new Optimizer([weight], rprop({ learningRate: 0.1, etas: [0.5, 1.2] }));
 * weight.grad = tensor([3, -0.3]);
 * optimizer.step();
 * optimizer.step();
 * weight; // [0.78, 1.22]
 */
export function rprop(options: RpropOptions = {}): GradientTransform<RpropState> {
  const { learningRate = 0.01, etas = [0.5, 1.2], stepSizes = [1e-6, 50], maximize = false } = options;
  checkNotNegative("rprop", { learningRate });
  const [shrink, grow] = etas;
  const [least, largest] = stepSizes;
  if (!(0 < shrink && shrink < 1 && 1 < grow))
    throw new ArgumentError("rprop", "expected 0 < etas[0] < 1 < etas[1]", etas);
  if (!(0 <= least && least <= largest))
    throw new ArgumentError("rprop", "expected step sizes in order, none negative", stepSizes);
  return remembering<RpropMemory, { learningRate: number }>({
    own: { learningRate },
    begin: (like, { learningRate: first }) => ({
      step: 0,
      before: zerosLike(like),
      stepSize: filledLike(like, first),
    }),
    keeps: ["before", "stepSize"],
    numbers: 0,
    write: ({ gradient, kept: [before, stepSize] }) => {
      const g = maximize ? neg(gradient) : gradient;
      const agreement = mul(g, before);
      const factor = where(gt(agreement, 0), grow, where(lt(agreement, 0), shrink, 1));
      const size = clamp(mul(stepSize, factor), least, largest);
      const followed = where(lt(agreement, 0), 0, g);
      return [neg(mul(sign(followed), size)), followed, size];
    },
    take: () => [],
  });
}

/**
 * The optimizer of `rprop`.
 *
 * @see torch.optim.Rprop
 * @example
 * const optimizer = new Rprop(model.parameters(), { learningRate: 0.01 });
 * const whole = batches({ inputs, targets }, { batchSize: 4 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data: whole, epochs: 50 });
 * losses[49] < losses[0] / 10; // true
 */
export const Rprop: OptimizerClass<RpropOptions, RpropState> = /* @__PURE__ */ optimizerClass("Rprop", rprop);
export type Rprop = Optimizer<RpropState>;
