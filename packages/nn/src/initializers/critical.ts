import { type ActivationFacts, ArgumentError } from "@isograd/autograd";
import { type Initializer, slotFans } from "./initializer.ts";
import { drawNormal } from "./random.ts";

export interface CriticalOptions {
  /** σb², the variance of the biases; default 0. */
  readonly biasVariance?: number;
}

/** Initializers of weights and biases, and what they aim at. */
export interface CriticalInit {
  readonly weight: Initializer;
  readonly bias: Initializer;
  /** σw²: the weights have variance σw²/fanIn. */
  readonly weightVariance: number;
  readonly biasVariance: number;
  /** The mean square of pre-activations that every layer keeps. */
  readonly q: number;
}

/**
 * Weights N(0, σw²/fanIn) and biases N(0, σb²) with which neither signal nor gradient grows or fades in a deep plain network of this
 * activation, computed from the activation's facts.
 *
 * @param activation with facts; tanh gives σw² = 1, ReLU 2 (He), leaky ReLU 2/(1 + slope²)
 * @throws ArgumentError if the activation has no critical point with this σb², saying which σb² it would take
 * @see Schoenholz et al. 2017, "Deep information propagation"
 * @example
 * criticalInit(relu).weightVariance; // 2
 * initialize(model, { seed: 7, ...criticalInit(tanh) });
 */
export function criticalInit(
  activation: { readonly name: string; readonly facts: ActivationFacts },
  { biasVariance = 0 }: CriticalOptions = {},
): CriticalInit {
  const { name, facts } = activation;
  if (facts === undefined)
    throw new ArgumentError(
      "criticalInit",
      "expected an activation with facts: a scalar function of each element",
      name,
    );
  if (!(biasVariance >= 0))
    throw new ArgumentError("criticalInit", "expected a bias variance that is not negative", biasVariance);
  const point = facts.criticalPoint(biasVariance);
  if (point === null) {
    throw new ArgumentError(
      "criticalInit",
      `${name} has no critical point with this bias variance: ${whyNot(facts)}`,
      biasVariance,
    );
  }
  return {
    ...point,
    weight: (slot) => drawNormal(slot, 0, Math.sqrt(point.weightVariance / slotFans(slot).fanIn)),
    bias: (slot) => drawNormal(slot, 0, Math.sqrt(biasVariance)),
  };
}

/** Which bias variances the activation has critical points for: sought among those that some length of the signal asks for. */
function whyNot(facts: ActivationFacts): string {
  const asked = [0];
  for (let exponent = -4; exponent <= 4; exponent += 0.5) {
    const q = 10 ** exponent;
    const variance = q - facts.lengthMap(q, 1 / facts.chi(1, q), 0);
    if (variance > 1e-9) asked.push(variance);
  }
  const found = asked.filter((variance) => facts.criticalPoint(variance) !== null);
  if (found.length > 0) {
    const [low, high] = [Math.min(...found), Math.max(...found)].map((variance) =>
      Number(variance.toPrecision(2)),
    );
    return low === high
      ? `it has one with ${low}`
      : `it has them with variances from about ${low} to ${high}`;
  }
  return asked.length > 1
    ? "where weights keep the gradient, the signal drifts away from every size it could keep"
    : "weights that keep the gradient make the signal grow, whatever its size";
}
