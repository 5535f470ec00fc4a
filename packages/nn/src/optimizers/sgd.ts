import { ArgumentError, add, mul, type Tensor } from "@isograd/autograd";
import { type Values, zerosLike } from "../clipping/norms.ts";
import { elementwise } from "./elementwise.ts";
import { Optimizer } from "./optimizer.ts";
import { checkNotNegative } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";
import { decayed } from "./weight-decay.ts";

export interface SGDOptions {
  readonly learningRate: number;
  /** The share of the last step that is kept; default 0. */
  readonly momentum?: number;
  /** What is taken off the gradient as it joins the momentum; default 0. */
  readonly dampening?: number;
  /** Looks ahead by one step of momentum; default false. */
  readonly nesterov?: boolean;
  /** Adds so much of each parameter to its gradient; default 0. */
  readonly weightDecay?: number;
}

export interface SGDState {
  learningRate: number;
  /** For each parameter, once it had a gradient; unused without momentum. */
  momenta: (Values | null)[];
}

/**
 * Stochastic gradient descent, with momentum if wanted, as a transform.
 *
 * @throws ArgumentError if an option is negative, or nesterov comes without momentum or with dampening
 * @see torch.optim.SGD; Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning"
 */
export function sgd(options: SGDOptions): GradientTransform<SGDState> {
  const { learningRate, momentum = 0, dampening = 0, nesterov = false, weightDecay = 0 } = options;
  checkNotNegative("sgd", "a learning rate", learningRate);
  checkNotNegative("sgd", "a momentum", momentum);
  checkNotNegative("sgd", "a weight decay", weightDecay);
  if (nesterov && (momentum === 0 || dampening !== 0)) {
    throw new ArgumentError(
      "sgd",
      "expected momentum and no dampening with nesterov",
      `momentum ${momentum}, dampening ${dampening}`,
    );
  }
  const remembers = momentum > 0;
  return elementwise({
    init: (parameters): SGDState => ({ learningRate, momenta: parameters.map(() => null) }),
    arrays: remembers ? 1 : 0,
    numbers: remembers ? 2 : 1,
    write: ({ gradient, parameter, kept: [before], numbers: [rate, share] }) => {
      const g = decayed(gradient, parameter, weightDecay);
      if (!remembers) return [mul(rate, g)];
      const velocity = add(mul(momentum, before), mul(share, g));
      return [mul(rate, nesterov ? add(g, mul(momentum, velocity)) : velocity), velocity];
    },
    take: (state, place, gradient) => {
      const rate = -state.learningRate;
      if (!remembers) return { numbers: [rate] };
      const before = state.momenta[place];
      const velocity = before ?? zerosLike(gradient);
      state.momenta[place] = velocity;
      // The first gradient joins undampened.
      return { arrays: [velocity], numbers: [rate, before === null ? 1 : 1 - dampening] };
    },
  });
}

/** The optimizer of `sgd`. @see torch.optim.SGD */
export class SGD extends Optimizer<SGDState> {
  constructor(parameters: Iterable<Tensor>, options: SGDOptions) {
    super(parameters, sgd(options));
  }
}
