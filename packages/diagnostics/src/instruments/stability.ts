import { ArgumentError } from "@isograd/autograd";

/** How the parameters are stepped, as far as the edge of stability depends on it. */
export type StepRule =
  | { readonly method: "gradientDescent"; readonly learningRate: number }
  | { readonly method: "momentum" | "nesterov"; readonly learningRate: number; readonly momentum: number }
  | { readonly method: "adam"; readonly learningRate: number; readonly beta1?: number };

/**
 * The largest curvature at which a quadratic does not throw the steps back further each time: where the sharpness of full-batch training settles.
 *
 * With learning rate η and momentum β: 2/η for plain gradient descent, (2 + 2β)/η for heavy-ball momentum, (2 + 2β)/(η(1 + 2β)) for Nesterov's.
 * For Adam it is (2 + 2β₁)/(η(1 - β₁)), so 38/η at β₁ = 0.9, and holds for the Hessian behind the preconditioner, see `sharpness`.
 * Momentum is that of PyTorch's SGD without dampening: v ← βv + g.
 *
 * @returns in the units of the eigenvalues: loss over parameter squared
 * @throws ArgumentError unless the learning rate is positive and the momentum in [0, 1)
 * @see Cohen et al. 2021, "Gradient descent on neural networks typically occurs at the edge of stability"; Cohen et al. 2022, "Adaptive gradient
 * methods at the edge of stability"
 * @example
 * stabilityThreshold({ method: "gradientDescent", learningRate: 0.1 }); // 20
 * stabilityThreshold({ method: "momentum", learningRate: 0.1, momentum: 0.9 }); // 38
 * stabilityThreshold({ method: "adam", learningRate: 0.5 }); // 76
 */
export function stabilityThreshold(rule: StepRule): number {
  const { method, learningRate } = rule;
  if (!(learningRate > 0))
    throw new ArgumentError("stabilityThreshold", "expected a positive learning rate", learningRate);
  if (method === "gradientDescent") return 2 / learningRate;
  const beta = method === "adam" ? (rule.beta1 ?? 0.9) : rule.momentum;
  if (!(beta >= 0 && beta < 1))
    throw new ArgumentError("stabilityThreshold", "expected momentum in [0, 1)", beta);
  if (method === "momentum") return (2 + 2 * beta) / learningRate;
  if (method === "nesterov") return (2 + 2 * beta) / (learningRate * (1 + 2 * beta));
  return (2 + 2 * beta) / (learningRate * (1 - beta));
}
