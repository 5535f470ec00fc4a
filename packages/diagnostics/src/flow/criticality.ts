import { type ActivationFacts, normalTail } from "@isograd/autograd";
import type { ActivationUse, AnyActivation } from "../trace/network.ts";

/** Weights with which gradients neither grow nor shrink behind an activation. */
export interface CriticalWeights {
  /** σw², the mean square of the weights times the fan-in. */
  readonly weightVariance: number;
  /** The mean square of the pre-activations that these weights keep. */
  readonly q: number;
}

/** How far log χ may lie from 0 for weights that keep the signal to count as keeping the gradient as well. */
const nearlyCritical = 0.2;

/**
 * The weights, with zero biases, behind which both signal and gradient live on; null where a network can train with none.
 *
 * They are those of the critical point, unless more than half of the units saturate there. Without one (SiLU, GELU, SELU) they are those that
 * keep the signal at mean square 1, if the gradient nearly keeps its size with them. No activation (null) is a linear layer.
 */
export function criticalWeights(activation: AnyActivation | null): CriticalWeights | null {
  if (activation === null) return { weightVariance: 1, q: 1 };
  const { facts } = activation;
  const point = facts.criticalPoint(0);
  if (point !== null) return saturatedShare(facts, point.q) > 0.5 ? null : point;
  const weightVariance = facts.gain ** 2;
  return Math.abs(Math.log(facts.chi(weightVariance, 1))) < nearlyCritical ? { weightVariance, q: 1 } : null;
}

/** The facts of an activation at the present values of what it learns: at their mean, where each channel has its own. */
export function factsOf({ activation, inputs }: ActivationUse): ActivationFacts {
  const names = Object.keys(activation.parameters);
  if (names.length === 0) return activation.facts;
  const means = names.map((name, k) => {
    const values = inputs[k + 1].values();
    return [name, values.reduce((sum: number, value: number) => sum + value, 0) / values.length];
  });
  return activation.factsAt(Object.fromEntries(means));
}

interface Sides {
  readonly below: number | null;
  readonly above: number | null;
}

/** How likely a draw from N(0, q) is to lie on one of two half lines. */
function shareOf({ below, above }: Sides, q: number): number {
  const deviation = Math.sqrt(q);
  if (deviation === 0) return 0;
  return (
    (below === null ? 0 : normalTail(-below / deviation)) +
    (above === null ? 0 : normalTail(above / deviation))
  );
}

/** A slope below a tenth of the largest counts as saturated. */
export const saturatedSlope = ({ lipschitz }: ActivationFacts): number => 0.1 * lipschitz;

/** How likely a pre-activation from N(0, q) is to saturate. */
export const saturatedShare = (facts: ActivationFacts, q: number): number =>
  shareOf(facts.saturation(saturatedSlope(facts)), q);

/** How likely a pre-activation from N(0, q) is to meet a slope of exactly zero. */
export const deadShare = (facts: ActivationFacts, q: number): number => shareOf(facts.flat, q);
