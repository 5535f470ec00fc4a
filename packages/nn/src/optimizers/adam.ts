import { add, div, maximum, mul, sqrt, square } from "@isograd/autograd";
import { type Values, zerosLike } from "../clipping/norms.ts";
import { average, type DescentOptions, descent } from "./descent.ts";
import { type Memory, type Pace, type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { checkNotNegative, checkShares } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface AdamOptions extends DescentOptions {
  /** Default 1e-3. */
  readonly learningRate?: number;
  /** How much of the mean, and of the mean square, of past gradients is kept; default [0.9, 0.999]. */
  readonly betas?: readonly [first: number, second: number];
  /** Added to the root of the mean square; default 1e-8. */
  readonly eps?: number;
  /** Divides by the largest mean square so far; default false. @see Reddi, Kale, Kumar 2018 */
  readonly amsgrad?: boolean;
}

/** What Adam knows of one parameter. */
export interface AdamMemory extends Memory {
  readonly mean: Values;
  readonly square: Values;
  /** The largest mean square so far, for amsgrad. */
  readonly largest: Values | null;
}

export type AdamState = Remembered<AdamMemory, Pace>;

/**
 * Adam as a transform: steps along the running mean of the gradient over the root of its running mean square.
 *
 * @throws ArgumentError if a learning rate, eps or weight decay is negative or a beta lies outside [0, 1)
 * @see Kingma, Ba 2015, "Adam"; torch.optim.Adam
 * @example
 * const weight = parameter([1, 1]);
 * weight.grad = tensor([3, -0.3]);
 * new Optimizer([weight], adam({ learningRate: 0.1 })).step();
 * weight; // [0.9, 1.1]
 */
export const adam = (options: AdamOptions = {}): GradientTransform<AdamState> => moments("adam", options, 0);

/** Adam's rule, that takes `learningRate * decoupled` of each parameter off besides. */
export function moments(
  operation: string,
  options: AdamOptions,
  decoupled: number,
): GradientTransform<AdamState> {
  const { learningRate = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0, amsgrad = false } = options;
  checkNotNegative(operation, { learningRate, eps, weightDecay, decoupled });
  checkShares(operation, "betas", ...betas);
  const beta2 = betas[1];
  return remembering<AdamMemory, Pace>({
    own: { learningRate, momentum: betas[0] },
    begin: (like) => ({
      step: 0,
      mean: zerosLike(like),
      square: zerosLike(like),
      largest: amsgrad ? zerosLike(like) : null,
    }),
    keeps: amsgrad ? ["mean", "square", "largest"] : ["mean", "square"],
    numbers: 5,
    write: (element) => {
      const [mean, meanSquare, largest] = element.kept;
      const [scale, correction, shrinkage, keeping, taking] = element.numbers;
      const g = descent(element, options);
      const first = average(keeping, mean, g, taking);
      const second = average(beta2, meanSquare, square(g));
      const kept = amsgrad ? [first, second, maximum(largest, second)] : [first, second];
      const root = sqrt(kept[kept.length - 1]);
      const step = div(mul(scale, first), add(mul(root, correction), eps));
      return [decoupled === 0 ? step : add(mul(shrinkage, element.parameter), step), ...kept];
    },
    take: ({ step }, { learningRate: rate, momentum }) => [
      -rate / (1 - momentum ** step),
      1 / Math.sqrt(1 - beta2 ** step),
      -rate * decoupled,
      momentum,
      1 - momentum,
    ],
  });
}

/**
 * The optimizer of `adam`.
 *
 * @see torch.optim.Adam
 * @example
 * const optimizer = new Adam(model.parameters(), { learningRate: 0.05 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const Adam: OptimizerClass<AdamOptions, AdamState> = /* @__PURE__ */ optimizerClass("Adam", adam);
export type Adam = Optimizer<AdamState>;
