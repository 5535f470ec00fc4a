import { add, div, mul, sqrt, square } from "@isograd/autograd";
import type { Values } from "../clipping/norms.ts";
import { type DescentOptions, descent } from "./descent.ts";
import { filledLike, type Memory, type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { checkNotNegative } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface AdagradOptions extends DescentOptions {
  /** Default 0.01. */
  readonly learningRate?: number;
  /** The rate of step t, from 0, is learningRate / (1 + t · learningRateDecay); default 0. */
  readonly learningRateDecay?: number;
  /** What the sums of squares begin with; default 0. */
  readonly initialAccumulatorValue?: number;
  /** Added to the root of the sum of squares; default 1e-10. */
  readonly eps?: number;
}

export interface AdagradMemory extends Memory {
  /** The sum of all squares so far. */
  readonly sum: Values;
}

export type AdagradState = Remembered<AdagradMemory>;

/**
 * Adagrad as a transform: steps along the gradient over the root of the sum of all its squares.
 *
 * @throws ArgumentError if an option is negative
 * @see Duchi, Hazan, Singer 2011, "Adaptive subgradient methods"; torch.optim.Adagrad
 * @example
 * const weight = parameter([1, 1]);
 * weight.grad = tensor([3, -0.3]);
 * new Optimizer([weight], adagrad({ learningRate: 0.1 })).step();
 * weight; // [0.9000, 1.1000]
 */
export function adagrad(options: AdagradOptions = {}): GradientTransform<AdagradState> {
  const { learningRate = 0.01, learningRateDecay = 0, initialAccumulatorValue = 0 } = options;
  const { eps = 1e-10, weightDecay = 0 } = options;
  checkNotNegative("adagrad", {
    learningRate,
    learningRateDecay,
    initialAccumulatorValue,
    eps,
    weightDecay,
  });
  return remembering<AdagradMemory, { learningRate: number }>({
    own: { learningRate },
    begin: (like) => ({ step: 0, sum: filledLike(like, initialAccumulatorValue) }),
    keeps: ["sum"],
    numbers: 1,
    write: (element) => {
      const g = descent(element, options);
      const sum = add(element.kept[0], square(g));
      return [div(mul(element.numbers[0], g), add(sqrt(sum), eps)), sum];
    },
    take: ({ step }, state) => [-state.learningRate / (1 + (step - 1) * learningRateDecay)],
  });
}

/**
 * The optimizer of `adagrad`.
 *
 * @see torch.optim.Adagrad
 * @example
 * const optimizer = new Adagrad(model.parameters(), { learningRate: 0.1 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const Adagrad: OptimizerClass<AdagradOptions, AdagradState> = /* @__PURE__ */ optimizerClass(
  "Adagrad",
  adagrad,
);
export type Adagrad = Optimizer<AdagradState>;
