import { add, div, maximum, mul, type Scalar, sqrt, square, type Tensor } from "@isograd/autograd";
import { type Values, zerosLike } from "../clipping/norms.ts";
import { elementwise } from "./elementwise.ts";
import { Optimizer } from "./optimizer.ts";
import { checkNotNegative, checkShare } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";
import { decayed } from "./weight-decay.ts";

export interface AdamOptions {
  /** Default 1e-3. */
  readonly learningRate?: number;
  /** How much of the mean, and of the mean square, of past gradients is kept; default [0.9, 0.999]. */
  readonly betas?: readonly [first: number, second: number];
  /** Added to the root of the mean square; default 1e-8. */
  readonly eps?: number;
  /** Adds so much of each parameter to its gradient; default 0. */
  readonly weightDecay?: number;
  /** Divides by the largest mean square so far; default false. @see Reddi, Kale, Kumar 2018 */
  readonly amsgrad?: boolean;
}

/** What Adam knows of one parameter. */
export interface AdamMoments {
  step: number;
  readonly mean: Values;
  readonly square: Values;
  /** The largest mean square so far, for amsgrad. */
  readonly largest: Values | null;
}

export interface AdamState {
  learningRate: number;
  /** For each parameter, once it had a gradient. */
  moments: (AdamMoments | null)[];
}

/**
 * Adam as a transform: steps along the running mean of the gradient over the root of its running mean square.
 *
 * @throws ArgumentError if a learning rate, eps or weight decay is negative or a beta lies outside [0, 1)
 * @see Kingma, Ba 2015, "Adam"; torch.optim.Adam
 */
export function adam(options: AdamOptions = {}): GradientTransform<AdamState> {
  const { learningRate = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0, amsgrad = false } = options;
  checkNotNegative("adam", "a learning rate", learningRate);
  checkNotNegative("adam", "an eps", eps);
  checkNotNegative("adam", "a weight decay", weightDecay);
  for (const beta of betas) checkShare("adam", "betas", beta);
  const [beta1, beta2] = betas;
  const average = (beta: number, past: Scalar, present: Scalar): Scalar =>
    add(mul(beta, past), mul(1 - beta, present));
  return elementwise({
    init: (parameters): AdamState => ({ learningRate, moments: parameters.map(() => null) }),
    arrays: amsgrad ? 3 : 2,
    numbers: 2,
    write: ({ gradient, parameter, kept: [mean, meanSquare, largest], numbers: [scale, correction] }) => {
      const g = decayed(gradient, parameter, weightDecay);
      const first = average(beta1, mean, g);
      const second = average(beta2, meanSquare, square(g));
      const kept = amsgrad ? [first, second, maximum(largest, second)] : [first, second];
      const root = sqrt(kept[kept.length - 1]);
      return [div(mul(scale, first), add(mul(root, correction), eps)), ...kept];
    },
    take: (state, place, gradient) => {
      const moments = state.moments[place] ?? noMoments(gradient, amsgrad);
      state.moments[place] = moments;
      moments.step++;
      const { mean, square: meanSquare, largest } = moments;
      const scale = -state.learningRate / (1 - beta1 ** moments.step);
      const correction = 1 / Math.sqrt(1 - beta2 ** moments.step);
      return {
        arrays: largest === null ? [mean, meanSquare] : [mean, meanSquare, largest],
        numbers: [scale, correction],
      };
    },
  });
}

function noMoments(like: Values, amsgrad: boolean): AdamMoments {
  const [mean, meanSquare] = [zerosLike(like), zerosLike(like)];
  return { step: 0, mean, square: meanSquare, largest: amsgrad ? zerosLike(like) : null };
}

/** The optimizer of `adam`. @see torch.optim.Adam */
export class Adam extends Optimizer<AdamState> {
  constructor(parameters: Iterable<Tensor>, options: AdamOptions = {}) {
    super(parameters, adam(options));
  }
}
