import { deviationOf, judge, type Prediction, predictionBand, skewedPrediction } from "../statistics.ts";
import type { AnyActivation, Contraction } from "../trace/network.ts";
import { unlessUnknown } from "./flatness.ts";
import type { HealthyFlow } from "./profile.ts";

/** The error rate that the bands are drawn for. */
export const bandAlpha = 0.001;

/** Fewer tell too little of a deviation. */
const fewestRedraws = 8;

/**
 * The law of log(|δ first|²/|δ last|²) for healthy networks, and how this one lies to it.
 *
 * From re-draws where there are any: a t prediction law on their logs, since a rank among K re-draws could never fall below 1/(K + 1).
 * Else the closed form of wide random networks at criticality, N(-b/2, b) with b = Σ k/width.
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
  const laws = logs.map((_, layer): Prediction => {
    if (simulated) return skewedPrediction(flows.map((flow) => flow[layer]));
    const variance = spread(chain.slice(layer));
    const deviation = Math.sqrt(variance);
    return { mean: -variance / 2, below: deviation, above: deviation, freedom: Number.POSITIVE_INFINITY };
  });
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

/** b = Σ k/n over the layers that the gradient goes down through; k from the activation's facts, 2 for a linear layer. */
function spread(chain: readonly Contraction[]): number {
  let total = 0;
  for (let layer = 0; layer + 1 < chain.length; layer++) {
    const { activation, fanOut } = chain[layer];
    total += kOf(activation?.activation ?? null) / fanOut;
  }
  return total;
}

const kOf = (activation: AnyActivation | null): number =>
  (activation && unlessUnknown(() => activation.facts.nullK)) ?? linearK;

const linearK = 2;
