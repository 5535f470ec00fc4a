import type { Tensor } from "@isograd/autograd";
import type { Values } from "../clipping/norms.ts";
import { Optimizer } from "./optimizer.ts";
import { checkNotNegative, checkShare } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";
import { addDecay } from "./weight-decay.ts";

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
  return {
    init: (parameters) => ({ learningRate, moments: parameters.map(() => null) }),
    update: (gradients, state, parameters) => {
      for (let k = 0; k < gradients.length; k++) {
        const values = gradients[k];
        if (values === null) continue;
        const moments = state.moments[k] ?? noMoments(values, amsgrad);
        state.moments[k] = moments;
        moments.step++;
        addDecay(values, parameters[k], weightDecay);
        const [first, second] = betas.map((beta) => 1 - beta ** moments.step);
        adamStep(
          values,
          moments,
          betas[0],
          betas[1],
          eps,
          -state.learningRate / first,
          1 / Math.sqrt(second),
        );
      }
      return gradients;
    },
  };
}

function noMoments(like: Values, amsgrad: boolean): AdamMoments {
  const zeros = (): Values => like.slice().fill(0);
  return { step: 0, mean: zeros(), square: zeros(), largest: amsgrad ? zeros() : null };
}

/** Turns a gradient into its update, in one loop: this is all of an optimizer's time. */
function adamStep(
  values: Values,
  moments: AdamMoments,
  beta1: number,
  beta2: number,
  eps: number,
  scale: number,
  correction: number,
): void {
  const { mean, square, largest } = moments;
  const [fresh1, fresh2] = [1 - beta1, 1 - beta2];
  for (let i = 0; i < values.length; i++) {
    const gradient = values[i];
    const first = beta1 * mean[i] + fresh1 * gradient;
    let second = beta2 * square[i] + fresh2 * gradient * gradient;
    mean[i] = first;
    square[i] = second;
    if (largest !== null) {
      if (second > largest[i] || second !== second) largest[i] = second;
      second = largest[i];
    }
    values[i] = (scale * first) / (Math.sqrt(second) * correction + eps);
  }
}

/** The optimizer of `adam`. @see torch.optim.Adam */
export class Adam extends Optimizer<AdamState> {
  constructor(parameters: Iterable<Tensor>, options: AdamOptions = {}) {
    super(parameters, adam(options));
  }
}
