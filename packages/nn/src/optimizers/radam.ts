import { add, div, gt, mul, sqrt, square, where } from "@isograd/autograd";
import { type Values, zerosLike } from "../clipping/norms.ts";
import { average, type DescentOptions, descent } from "./descent.ts";
import { type Memory, type Pace, type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { checkNotNegative, checkShares } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface RAdamOptions extends DescentOptions {
  /** Default 1e-3. */
  readonly learningRate?: number;
  /** How much of the mean, and of the mean square, of past gradients is kept; default [0.9, 0.999]. */
  readonly betas?: readonly [first: number, second: number];
  /** Added to the root of the mean square, before its bias is corrected; default 1e-8. */
  readonly eps?: number;
}

export interface RAdamMemory extends Memory {
  readonly mean: Values;
  readonly square: Values;
}

export type RAdamState = Remembered<RAdamMemory, Pace>;

/**
 * RAdam as a transform: Adam, along the mean alone until the mean square can be trusted, with a factor for its variance from then on.
 *
 * @throws ArgumentError if a learning rate, eps or weight decay is negative or a beta lies outside [0, 1)
 * @see Liu et al. 2020, "On the variance of the adaptive learning rate and beyond"; torch.optim.RAdam
 * @example
 * const weight = parameter([1, 1]);
 * weight.grad = tensor([3, -0.3]);
 * new Optimizer([weight], radam({ learningRate: 0.1 })).step();
 * weight; // [0.7, 1.03]
 */
export function radam(options: RAdamOptions = {}): GradientTransform<RAdamState> {
  const { learningRate = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
  checkNotNegative("radam", { learningRate, eps, weightDecay });
  checkShares("radam", "betas", ...betas);
  const beta2 = betas[1];
  return remembering<RAdamMemory, Pace>({
    own: { learningRate, momentum: betas[0] },
    begin: (like) => ({ step: 0, mean: zerosLike(like), square: zerosLike(like) }),
    keeps: ["mean", "square"],
    numbers: 4,
    write: (element) => {
      const [scale, isRectified, keeping, taking] = element.numbers;
      const g = descent(element, options);
      const mean = average(keeping, element.kept[0], g, taking);
      const meanSquare = average(beta2, element.kept[1], square(g));
      const divisor = where(gt(isRectified, 0), add(sqrt(meanSquare), eps), 1);
      return [div(mul(scale, mean), divisor), mean, meanSquare];
    },
    take: ({ step }, { learningRate: base, momentum }) => {
      const rate = -base / (1 - momentum ** step);
      const rectification = rectificationAt(beta2, step);
      const scale = rectification === null ? [rate, 0] : [rate * rectification, 1];
      return [...scale, momentum, 1 - momentum];
    },
  });
}

/** The factor for a step by the root mean square, null where its variance is out of bounds. */
function rectificationAt(beta: number, step: number): number | null {
  const bias = 1 - beta ** step;
  const limit = 2 / (1 - beta) - 1;
  const length = limit - (2 * step * beta ** step) / bias;
  if (length <= 5) return null;
  const ratio = ((length - 4) * (length - 2) * limit) / ((limit - 4) * (limit - 2) * length);
  return Math.sqrt(ratio) * Math.sqrt(bias);
}

/**
 * The optimizer of `radam`.
 *
 * @see torch.optim.RAdam
 * @example
 * const optimizer = new RAdam(model.parameters(), { learningRate: 0.2 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const RAdam: OptimizerClass<RAdamOptions, RAdamState> = /* @__PURE__ */ optimizerClass("RAdam", radam);
export type RAdam = Optimizer<RAdamState>;
