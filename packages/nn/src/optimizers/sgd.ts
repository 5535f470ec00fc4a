import { ArgumentError, type Tensor } from "@isograd/autograd";
import type { Values } from "../clipping/norms.ts";
import { Optimizer } from "./optimizer.ts";
import { checkNotNegative } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";
import { addDecay } from "./weight-decay.ts";

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
  return {
    init: (parameters) => ({ learningRate, momenta: parameters.map(() => null) }),
    update: (gradients, state, parameters) => {
      for (let k = 0; k < gradients.length; k++) {
        const values = gradients[k];
        if (values === null) continue;
        addDecay(values, parameters[k], weightDecay);
        if (momentum === 0) {
          for (let i = 0; i < values.length; i++) values[i] *= -state.learningRate;
          continue;
        }
        const before = state.momenta[k];
        const velocity = before ?? values.slice();
        if (before !== null) gather(velocity, values, momentum, 1 - dampening);
        state.momenta[k] = velocity;
        descend(values, velocity, state.learningRate, nesterov ? momentum : null);
      }
      return gradients;
    },
  };
}

function gather(velocity: Values, gradient: Values, momentum: number, share: number): void {
  for (let i = 0; i < velocity.length; i++) velocity[i] = momentum * velocity[i] + share * gradient[i];
}

function descend(values: Values, velocity: Values, learningRate: number, ahead: number | null): void {
  if (ahead === null) for (let i = 0; i < values.length; i++) values[i] = -learningRate * velocity[i];
  else for (let i = 0; i < values.length; i++) values[i] = -learningRate * (values[i] + ahead * velocity[i]);
}

/** The optimizer of `sgd`. @see torch.optim.SGD */
export class SGD extends Optimizer<SGDState> {
  constructor(parameters: Iterable<Tensor>, options: SGDOptions) {
    super(parameters, sgd(options));
  }
}
