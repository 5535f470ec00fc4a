import { add, div, maximum, mul, sqrt, square, sub } from "@isograd/autograd";
import { type Values, zerosLike } from "../clipping/norms.ts";
import { average, type DescentOptions, descent } from "./descent.ts";
import { type Memory, type Pace, type Remembered, remembering } from "./memory.ts";
import type { Optimizer } from "./optimizer.ts";
import { type OptimizerClass, optimizerClass } from "./optimizer-class.ts";
import { checkNotNegative, checkUnit } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface RMSpropOptions extends DescentOptions {
  /** Default 0.01. */
  readonly learningRate?: number;
  /** How much of the mean square is kept, within [0, 1]; default 0.99. */
  readonly alpha?: number;
  /** Added to the root of the mean square; default 1e-8. */
  readonly eps?: number;
  /** The share of the last step that is kept; default 0. */
  readonly momentum?: number;
  /** Divides by the standard deviation in place of the root mean square; default false. */
  readonly centered?: boolean;
}

export interface RMSpropMemory extends Memory {
  readonly square: Values;
  /** Null unless centered. */
  readonly mean: Values | null;
  /** Null without momentum. */
  readonly velocity: Values | null;
}

/** With a momentum if there was one to begin with. */
export type RMSpropState = Remembered<RMSpropMemory, Pick<Pace, "learningRate"> & Partial<Pace>>;

/**
 * RMSprop as a transform: steps along the gradient over the root of its running mean square.
 *
 * @throws ArgumentError if an option is negative or alpha lies outside [0, 1]
 * @see Hinton 2012, lecture 6e; Graves 2013 for centered; torch.optim.RMSprop
 * @example
 * const weight = parameter([1, 1]);
 * weight.grad = tensor([3, -0.3]);
 * new Optimizer([weight], rmsprop({ learningRate: 0.01, alpha: 0.99 })).step();
 * weight; // [0.9000, 1.1000]
 */
export function rmsprop(options: RMSpropOptions = {}): GradientTransform<RMSpropState> {
  const { learningRate = 0.01, alpha = 0.99, eps = 1e-8, momentum = 0 } = options;
  const { weightDecay = 0, centered = false } = options;
  checkNotNegative("rmsprop", { learningRate, eps, momentum, weightDecay });
  checkUnit("rmsprop", "alpha", alpha);
  const keeps: (keyof RMSpropMemory)[] = ["square"];
  if (centered) keeps.push("mean");
  if (momentum > 0) keeps.push("velocity");
  return remembering<RMSpropMemory, Pick<Pace, "learningRate"> & Partial<Pace>>({
    own: momentum > 0 ? { learningRate, momentum } : { learningRate },
    begin: (like) => ({
      step: 0,
      square: zerosLike(like),
      mean: centered ? zerosLike(like) : null,
      velocity: momentum > 0 ? zerosLike(like) : null,
    }),
    keeps,
    numbers: momentum > 0 ? 2 : 1,
    write: (element) => {
      const { kept } = element;
      const [rate, keeping] = element.numbers;
      const g = descent(element, options);
      const meanSquare = average(alpha, kept[0], square(g));
      const means = centered ? [average(alpha, kept[1], g)] : [];
      // A variance of nothing may come out as less than nothing.
      const spread = centered ? maximum(sub(meanSquare, square(means[0])), 0) : meanSquare;
      const step = div(g, add(sqrt(spread), eps));
      if (momentum === 0) return [mul(rate, step), meanSquare, ...means];
      const velocity = add(mul(keeping, kept[kept.length - 1]), step);
      return [mul(rate, velocity), meanSquare, ...means, velocity];
    },
    take: (_, { learningRate: rate, momentum: keeping }) =>
      keeping === undefined ? [-rate] : [-rate, keeping],
  });
}

/**
 * The optimizer of `rmsprop`.
 *
 * @see torch.optim.RMSprop
 * @example
 * const optimizer = new RMSprop(model.parameters(), { learningRate: 0.01 });
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses[99] < losses[0] / 10; // true
 */
export const RMSprop: OptimizerClass<RMSpropOptions, RMSpropState> = /* @__PURE__ */ optimizerClass(
  "RMSprop",
  rmsprop,
);
export type RMSprop = Optimizer<RMSpropState>;
