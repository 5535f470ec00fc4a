import {
  deviationOf,
  judge,
  type Prediction,
  predictionBand,
  skewedPrediction,
  sumOfSquares,
} from "../statistics.ts";
import type { Contraction } from "../trace/network.ts";
import { criticalWeights } from "./criticality.ts";
import { unlessUnknown } from "./flatness.ts";
import type { HealthyFlow } from "./profile.ts";

/** The error rate that the bands are drawn for. */
export const bandAlpha = 0.001;

/** Fewer tell too little of a deviation. */
export const fewestRedraws = 8;

/**
 * The law of log(|δ first|²/|δ last|²) for healthy networks, and how this one lies to it.
 *
 * From re-draws where there are any: a t prediction law on their logs, since a rank among K re-draws could never fall below 1/(K + 1).
 * Else the closed form of wide random networks with critical weights, at the pre-activations that this one has: N(Σ log χ - b/2, b) with
 * b = Σ k/width.
 *
 * @param logs   log |δ|² of each layer of the chain, relative to the last; the first may be -Infinity
 * @param flows  the same of each re-draw; null where re-drawing is not defined
 * @see Hanin 2018, "Which neural net architectures give rise to exploding and vanishing gradients?"
 */
export function healthyFlow(
  logs: readonly number[],
  flows: readonly (readonly number[])[] | null,
  chain: readonly Contraction[],
): HealthyFlow {
  const simulated = flows !== null && flows.length >= fewestRedraws;
  const laws = simulated
    ? logs.map((_, layer) => skewedPrediction(flows.map((flow) => flow[layer])))
    : closedForm(chain);
  const { z, pValue } = judge(logs[0], laws[0]);
  const layerBands = laws.map((law) => factors(predictionBand(law, bandAlpha)));
  return {
    source: simulated ? "redraws" : "closed form",
    redraws: simulated ? flows.length : 0,
    mean: laws[0].mean,
    deviation: simulated ? deviationOf(flows.map(([first]) => first)) : laws[0].below,
    band: layerBands[0],
    layerBands,
    pValue,
    z,
  };
}

const factors = ([low, high]: readonly [number, number]): [number, number] => [
  Math.exp(low / 2),
  Math.exp(high / 2),
];

/** What a step down through a layer adds to log |δ|² in a wide random network with critical weights. */
export function stepLaw(contraction: Contraction): { readonly mean: number; readonly variance: number } {
  const variance = varianceOf(contraction);
  return { mean: driftOf(contraction) - variance / 2, variance };
}

/** The law of each layer of a chain, from the last one down. */
function closedForm(chain: readonly Contraction[]): Prediction[] {
  const laws: Prediction[] = [];
  let [mean, variance] = [0, 0];
  for (const contraction of chain.toReversed()) {
    // The last layer is what the others are compared with.
    if (laws.length > 0) {
      const step = stepLaw(contraction);
      mean += step.mean;
      variance += step.variance;
    }
    const deviation = Math.sqrt(variance);
    laws.unshift({ mean, below: deviation, above: deviation, freedom: Number.POSITIVE_INFINITY });
  }
  return laws;
}

/** What the step down through a layer adds to the variance: k/width, k from the activation's facts, 2 for a linear layer. */
function varianceOf({ activation, fanOut }: Contraction): number {
  const k = activation && unlessUnknown(() => activation.activation.facts.nullK);
  return (k ?? 2) / fanOut;
}

/** log χ at critical weights, where the pre-activations have the mean square that was measured; 0 where the activation has no such weights. */
function driftOf({ activation: use }: Contraction): number {
  const critical = criticalWeights(use?.activation ?? null);
  if (use === null || critical === null) return 0;
  const [x] = use.inputs;
  const q = roughly(sumOfSquares(x) / x.size);
  const drift = unlessUnknown(() => Math.log(use.activation.facts.chi(critical.weightVariance, q)));
  return drift !== null && Number.isFinite(drift) ? drift : 0;
}

/** Within 5 %: facts that were asked for once are known. */
const roughly = (q: number): number => (q > 0 ? Math.exp(Math.round(10 * Math.log(q)) / 10) : 0);
