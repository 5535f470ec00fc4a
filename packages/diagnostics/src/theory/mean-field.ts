import { type ActivationFacts, ArgumentError } from "@isograd/autograd";

/** An activation with facts: a scalar function of each element. */
export interface WithFacts {
  readonly name: string;
  readonly facts: ActivationFacts;
}

export interface WeightLaw {
  /** σw²: weights are drawn from N(0, σw²/fanIn). For a convolution the fan-in is channels times window. */
  readonly weightVariance: number;
  /** σb²: biases are drawn from N(0, σb²); default 0. */
  readonly biasVariance?: number;
}

/** What a deep wide random network does to signals and gradients. */
export interface MeanField {
  /** The mean square q* that pre-activations settle at, from 1: 0 where the signal dies out, Infinity where it grows without bound. */
  readonly q: number;
  /** The factor on |gradient|² a layer going backwards, at q*: gradients vanish below 1 and explode above. */
  readonly chi: number;
  /** The factor on a small deviation of the mean square from q* a layer, going forwards. */
  readonly lengthSlope: number;
  /** The correlation c* that any two inputs settle at: 1 unless χ > 1. NaN where no signal stays: q* is 0 or Infinity. */
  readonly correlation: number;
  /** The factor on a small deviation from c* a layer, going forwards. NaN as above. */
  readonly correlationSlope: number;
  /** Layers over which each fades or grows by e: 1/|ln slope|, Infinity at criticality. */
  readonly depthScales: {
    /** ξ_q of the mean square. */
    readonly length: number;
    /** ξ_c of the correlation: how deep an input can still be told from another. */
    readonly correlation: number;
    /** ξ_∇ = 1/|ln χ| of |gradient|². */
    readonly gradient: number;
  };
  /** `ordered` (gradients vanish, all inputs end alike), `critical`, or `chaotic` (gradients explode). */
  readonly phase: "ordered" | "critical" | "chaotic";
}

/**
 * What becomes of signals, of their differences and of gradients in a deep wide plain network with weights N(0, σw²/fanIn) and biases N(0, σb²).
 *
 * All expectations are the activation's own facts: `facts.lengthMap`, `facts.chi`, `facts.correlationMap`, `facts.criticalLine`,
 * `facts.criticalPoints` and `facts.chiBatchNorm` give them at any point.
 *
 * @param activation with facts
 * @throws ArgumentError unless the variances are finite and not negative
 * @see Poole et al. 2016, "Exponential expressivity in deep neural networks through transient chaos"; Schoenholz et al. 2017, "Deep information propagation"
 * @example
 * meanField(tanh, { weightVariance: 1.760955, biasVariance: 0.05 }).chi; // 1.0000
 * meanField(relu, { weightVariance: 1 / 3 }).phase; // "ordered"
 */
export function meanField(activation: WithFacts, { weightVariance, biasVariance = 0 }: WeightLaw): MeanField {
  const facts = factsOf("meanField", activation);
  const q = facts.fixedPoint(weightVariance, biasVariance);
  // A slope does not depend on q any more where the signal is this large: the bend at the origin is a part in 10¹⁵ of it.
  const at = Math.min(q, 1e30);
  const chi = facts.chi(weightVariance, at);
  const lengthSlope = facts.lengthMapSlope(weightVariance, at);
  const correlation =
    q > 0 && q < Number.POSITIVE_INFINITY
      ? fixedCorrelation(facts, q, weightVariance, biasVariance)
      : Number.NaN;
  const correlationSlope = Number.isNaN(correlation)
    ? Number.NaN
    : facts.correlationSlope(correlation, q, weightVariance);
  return {
    q,
    chi,
    lengthSlope,
    correlation,
    correlationSlope,
    depthScales: {
      length: depthScale(lengthSlope),
      correlation: depthScale(correlationSlope),
      gradient: depthScale(chi),
    },
    phase: isOne(chi) ? "critical" : chi < 1 ? "ordered" : "chaotic",
  };
}

/**
 * Layers over which a quantity that is multiplied by `factor` a layer fades or grows by e: 1/|ln factor|.
 *
 * @example
 * depthScale(0.9); // 9.4912
 */
export function depthScale(factor: number): number {
  return isOne(factor) ? Number.POSITIVE_INFINITY : 1 / Math.abs(Math.log(Math.abs(factor)));
}

/** @throws ArgumentError if there are none */
export function factsOf(operation: string, activation: WithFacts): ActivationFacts {
  const facts = (activation as Partial<WithFacts> | null)?.facts;
  if (facts === undefined)
    throw new ArgumentError(
      operation,
      "expected an activation with facts: a scalar function of each element",
      activation,
    );
  return facts;
}

/** Up to what quadrature and rounding leave. */
const isOne = (factor: number): boolean => Math.abs(factor - 1) < 1e-12;

/**
 * The correlation that two inputs settle at. The map is a power series in c without negative coefficients, thus convex on [0, 1], and 1 is a
 * fixed point: it is the one that attracts unless the slope there, χ, exceeds 1; Newton's steps from 0 then rise to the other one and never
 * pass it.
 */
function fixedCorrelation(
  facts: ActivationFacts,
  q: number,
  weightVariance: number,
  biasVariance: number,
): number {
  if (!(facts.chi(weightVariance, q) > 1 + 1e-12)) return 1;
  let correlation = 0;
  for (let step = 0; step < 200; step++) {
    const excess = facts.correlationMap(correlation, q, weightVariance, biasVariance) - correlation;
    const fall = 1 - facts.correlationSlope(correlation, q, weightVariance);
    const next = correlation + excess / fall;
    if (!(fall > 0 && next > correlation + 1e-15 && next < 1)) break;
    correlation = next;
  }
  return correlation;
}
