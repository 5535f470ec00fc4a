import { ArgumentError } from "@isograd/autograd";

export interface EdgeOptions {
  /** β of heavy-ball momentum, v ← β v + g; default 0. */
  readonly momentum?: number;
  /** Whether the gradient is taken ahead, as Nesterov's; default false. */
  readonly nesterov?: boolean;
}

/**
 * The largest eigenvalue of the Hessian at which full-batch gradient descent is still stable: 2/η, with momentum (2 + 2β)/η.
 *
 * While training, the top eigenvalue rises to it and stays near it; at a step size whose edge lies below the eigenvalue at the start, the loss
 * grows at first.
 *
 * @param learningRate η, positive
 * @throws ArgumentError unless the rate is positive and the momentum within [0, 1)
 * @see Cohen et al. 2021, "Gradient descent on neural networks typically occurs at the edge of stability"
 * @example
 * edgeOfStability(0.01); // 200
 * edgeOfStability(0.01, { momentum: 0.9 }); // 380
 */
export function edgeOfStability(
  learningRate: number,
  { momentum = 0, nesterov = false }: EdgeOptions = {},
): number {
  if (!(learningRate > 0))
    throw new ArgumentError("edgeOfStability", "expected a positive learning rate", learningRate);
  if (!(momentum >= 0 && momentum < 1))
    throw new ArgumentError("edgeOfStability", "expected a momentum in [0, 1)", momentum);
  return (2 + 2 * momentum) / (learningRate * (nesterov ? 1 + 2 * momentum : 1));
}
