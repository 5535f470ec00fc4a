import {
  type ActivationFacts,
  elu,
  type Gate,
  geglu,
  gelu,
  glu,
  leakyRelu,
  mish,
  prelu,
  relu,
  selu,
  sigmoid,
  silu,
  softplus,
  softsign,
  swiglu,
  swish,
  tanh,
} from "@isograd/autograd";
import { criticalWeights } from "../flow/criticality.ts";
import { unlessUnknown } from "../flow/flatness.ts";
import type { AnyActivation } from "../trace/network.ts";

/** What can stand behind a layer: an activation with facts, learnable ones too, or a gate, which takes two inputs a unit. */
export type Candidate = AnyActivation | Gate;

/**
 * What advice chooses from unless it is told: smooth and straight, bounded and not, two that learn (`prelu`, `swish`) and three gates.
 *
 * @example
 * adviceCandidates.length; // 16
 * adviceCandidates.filter((each) => inputsPerUnit(each) === 2).map(({ name }) => name); // ["glu", "geglu", "swiglu"]
 */
export const adviceCandidates: readonly Candidate[] = [
  relu,
  leakyRelu,
  prelu,
  elu,
  selu,
  gelu,
  silu,
  swish,
  mish,
  softplus,
  tanh,
  softsign,
  sigmoid,
  glu,
  geglu,
  swiglu,
];

export const isGate = (candidate: Candidate): candidate is Gate => "activation" in candidate;

/**
 * How many outputs of the layer in front a unit takes: 2 for a gate, else 1.
 *
 * @example
 * inputsPerUnit(tanh); // 1
 * inputsPerUnit(swiglu); // 2
 */
export const inputsPerUnit = (candidate: Candidate): 1 | 2 => (isGate(candidate) ? 2 : 1);

/**
 * σw², the variance times the fan-in of weights that suit a candidate: with which signal and gradient live on, or, where there are none, the
 * signal; 1 where nothing is known of it.
 *
 * Behind a gate no mean square of the signal is stable: it keeps the one that the first layer makes of inputs of mean square 1.
 *
 * @example
 * fittingVariance(relu); // 2
 * fittingVariance(tanh); // 1
 * fittingVariance(glu); // 2.9816
 */
export function fittingVariance(candidate: Candidate): number {
  if (isGate(candidate)) return unlessUnknown(() => balancedVariance(candidate.activation.facts)) ?? 1;
  return criticalWeights(candidate)?.weightVariance ?? unlessUnknown(() => candidate.facts.gain ** 2) ?? 1;
}

/** The σw² with σw² E φ(σw z)² = 1, for then E (a φ(b))² = 1 where a and b are N(0, σw²); by bisection, in logarithms. */
function balancedVariance(facts: ActivationFacts): number {
  let [low, high] = [-10, 10];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    const variance = Math.exp(middle);
    if (variance * facts.lengthMap(variance, 1, 0) < 1) low = middle;
    else high = middle;
  }
  return Math.exp(low);
}
