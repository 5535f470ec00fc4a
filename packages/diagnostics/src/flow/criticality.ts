import type { ActivationFacts } from "@isograd/autograd";
import type { AnyActivation } from "../trace/network.ts";
import { saturatedSides, shareOf, unlessUnknown } from "./flatness.ts";

/** Weights with which gradients neither grow nor shrink behind an activation. */
export interface CriticalWeights {
  /** σw², the mean square of the weights times the fan-in. */
  readonly weightVariance: number;
  /** The mean square of the pre-activations that these weights keep. */
  readonly q: number;
}

/** How far log χ may lie from 0 for weights that keep the signal to count as keeping the gradient: closely, or for want of better. */
const [closely, nearly] = [0.1, 0.2];

/**
 * The weights, with zero biases, behind which both signal and gradient live on; null where a network can train with none.
 *
 * They are those that keep the signal at mean square 1 if the gradient closely keeps its size with them (ReLU, SELU, GELU); else those of the
 * critical point (tanh), unless more than half of the units saturate there. No activation (null) is a linear layer.
 */
export function criticalWeights(activation: AnyActivation | null): CriticalWeights | null {
  if (activation === null) return { weightVariance: 1, q: 1 };
  return unlessUnknown(() => fromFacts(activation.facts));
}

function fromFacts(facts: ActivationFacts): CriticalWeights | null {
  const weightVariance = facts.gain ** 2;
  const drift = Math.abs(Math.log(facts.chi(weightVariance, 1)));
  if (drift < closely) return { weightVariance, q: 1 };
  const point = facts.criticalPoint(0);
  if (point !== null) return shareOf(saturatedSides(facts), point.q) > 0.5 ? null : point;
  return drift < nearly ? { weightVariance, q: 1 } : null;
}
