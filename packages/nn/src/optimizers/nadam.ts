import { add, div, mul, sqrt, square } from "@isograd/autograd";
import { type Values, zerosLike } from "../clipping/norms.ts";
import { average, type DescentOptions, descent } from "./descent.ts";
import { type Memory, type Pace, type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { checkNotNegative, checkShares } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface NAdamOptions extends DescentOptions {
  /** Default 2e-3. */
  readonly learningRate?: number;
  /** How much of the mean, and of the mean square, of past gradients is kept; default [0.9, 0.999]. */
  readonly betas?: readonly [first: number, second: number];
  /** Added to the root of the mean square; default 1e-8. */
  readonly eps?: number;
  /** How fast the momentum grows from half of the first beta to all of it; default 4e-3. */
  readonly momentumDecay?: number;
}

export interface NAdamMemory extends Memory {
  readonly mean: Values;
  readonly square: Values;
  /** The product of the momenta so far. */
  product: number;
}

export type NAdamState = Remembered<NAdamMemory, Pace>;

/**
 * NAdam as a transform: Adam with Nesterov's momentum.
 *
 * @throws ArgumentError if a learning rate, eps, weight decay or momentum decay is negative or a beta lies outside [0, 1)
 * @see Dozat 2016, "Incorporating Nesterov momentum into Adam"; torch.optim.NAdam
 * @example
 * const weight = parameter([1, 1]);
 * weight.grad = tensor([3, -0.3]);
 * new Optimizer([weight], nadam({ learningRate: 0.1 })).step();
 * weight; // [0.8950, 1.1050]
 */
export function nadam(options: NAdamOptions = {}): GradientTransform<NAdamState> {
  const { learningRate = 2e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
  const { momentumDecay = 4e-3 } = options;
  checkNotNegative("nadam", { learningRate, eps, weightDecay, momentumDecay });
  checkShares("nadam", "betas", ...betas);
  const beta2 = betas[1];
  const momentumAt = (momentum: number, step: number): number =>
    momentum * (1 - 0.5 * 0.96 ** (step * momentumDecay));
  return remembering<NAdamMemory, Pace>({
    own: { learningRate, momentum: betas[0] },
    begin: (like) => ({ step: 0, mean: zerosLike(like), square: zerosLike(like), product: 1 }),
    keeps: ["mean", "square"],
    numbers: 5,
    write: (element) => {
      const [present, past, correction, keeping, taking] = element.numbers;
      const g = descent(element, options);
      const mean = average(keeping, element.kept[0], g, taking);
      const meanSquare = average(beta2, element.kept[1], square(g));
      const ahead = add(mul(present, g), mul(past, mean));
      return [div(ahead, add(mul(sqrt(meanSquare), correction), eps)), mean, meanSquare];
    },
    take: (memory, { learningRate: rate, momentum }) => {
      const [now, next] = [momentumAt(momentum, memory.step), momentumAt(momentum, memory.step + 1)];
      memory.product *= now;
      // PyTorch up to 1.13 has the momentum of this step in the second divisor twice; by Dozat it is there once.
      return [
        (-rate * (1 - now)) / (1 - memory.product),
        (-rate * next) / (1 - memory.product * now * next),
        1 / Math.sqrt(1 - beta2 ** memory.step),
        momentum,
        1 - momentum,
      ];
    },
  });
}

/**
 * The optimizer of `nadam`.
 *
 * @see torch.optim.NAdam
 * @example
 * const optimizer = new NAdam(model.parameters(), { learningRate: 0.05 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const NAdam: OptimizerClass<NAdamOptions, NAdamState> = /* @__PURE__ */ optimizerClass("NAdam", nadam);
export type NAdam = Optimizer<NAdamState>;
