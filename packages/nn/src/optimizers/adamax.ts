import { abs, add, div, maximum, mul } from "@isograd/autograd";
import { type Values, zerosLike } from "../clipping/norms.ts";
import { average, type DescentOptions, descent } from "./descent.ts";
import { type Memory, type Pace, type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { checkNotNegative, checkShares } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface AdamaxOptions extends DescentOptions {
  /** Default 2e-3. */
  readonly learningRate?: number;
  /** How much of the mean, and of the largest gradient, is kept; default [0.9, 0.999]. */
  readonly betas?: readonly [first: number, second: number];
  /** Added to the magnitude of each gradient; default 1e-8. */
  readonly eps?: number;
}

export interface AdamaxMemory extends Memory {
  readonly mean: Values;
  /** The largest magnitude so far, fading. */
  readonly largest: Values;
}

export type AdamaxState = Remembered<AdamaxMemory, Pace>;

/**
 * Adamax as a transform: Adam by the largest magnitude in place of the root mean square.
 *
 * @throws ArgumentError if a learning rate, eps or weight decay is negative or a beta lies outside [0, 1)
 * @see Kingma, Ba 2015, "Adam", section 7.1; torch.optim.Adamax
 * @example
 * const weight = parameter([1, 1]);
 * weight.grad = tensor([3, -0.3]);
 * new Optimizer([weight], adamax({ learningRate: 0.1 })).step();
 * weight; // [0.9, 1.1]
 */
export function adamax(options: AdamaxOptions = {}): GradientTransform<AdamaxState> {
  const { learningRate = 2e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
  checkNotNegative("adamax", { learningRate, eps, weightDecay });
  checkShares("adamax", "betas", ...betas);
  const beta2 = betas[1];
  return remembering<AdamaxMemory, Pace>({
    own: { learningRate, momentum: betas[0] },
    begin: (like) => ({ step: 0, mean: zerosLike(like), largest: zerosLike(like) }),
    keeps: ["mean", "largest"],
    numbers: 3,
    write: (element) => {
      const [scale, keeping, taking] = element.numbers;
      const g = descent(element, options);
      const mean = average(keeping, element.kept[0], g, taking);
      const largest = maximum(mul(beta2, element.kept[1]), add(abs(g), eps));
      return [div(mul(scale, mean), largest), mean, largest];
    },
    take: ({ step }, { learningRate: rate, momentum }) => [
      -rate / (1 - momentum ** step),
      momentum,
      1 - momentum,
    ],
  });
}

/**
 * The optimizer of `adamax`.
 *
 * @see torch.optim.Adamax
 * @example
 * const optimizer = new Adamax(model.parameters(), { learningRate: 0.05 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const Adamax: OptimizerClass<AdamaxOptions, AdamaxState> = /* @__PURE__ */ optimizerClass(
  "Adamax",
  adamax,
);
export type Adamax = Optimizer<AdamaxState>;
