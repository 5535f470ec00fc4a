import { normalTail } from "@isograd/autograd";
import { alphaOf } from "../error-rate.ts";
import type { Finding } from "../finding.ts";
import { criticalWeights } from "../flow/criticality.ts";
import { unlessUnknown } from "../flow/flatness.ts";
import type { FlowProfile } from "../flow/profile.ts";
import { meanOf, sumOfSquares } from "../statistics.ts";
import type { Contraction } from "../trace/network.ts";
import { short } from "../words.ts";
import { harmOfLoudness, harmOfRoughness } from "./flow-harm.ts";
import type { FlowOptions } from "./gradient-flow.ts";

/** What healthy weights exceed the critical mean square by at most: 2 are He's where LeCun's would do, 25/9 those with the usual gain for tanh. */
const customary = 3;

/** The weights of one layer, against those that keep the signal. */
interface Width {
  readonly place: string;
  readonly size: number;
  /** Their mean square over the critical one. */
  readonly ratio: number;
}

/**
 * Says whether weights are so wide that signals explode on their way up.
 *
 * Gradients need not tell: normalisation and bounded activations keep them, and in narrow networks chance moves them more than wrong weights do. An
 * alarm needs significance and consequence. Significance: the sum of the squares of all weights behind the first layer, whose scale is a matter of
 * the data, is beyond the law χ² of normal ones with three times the critical variance. Consequence: the loss begins far above that of an output
 * of zeros, or the network is rough between its examples. What is significant and harmless is not worth a word: so are weights that an operation
 * makes small again.
 *
 * @param chain the layers, first layer first
 */
export function detectWideWeights(
  chain: readonly Contraction[],
  flow: Pick<FlowProfile, "roughness">,
  { alpha = alphaOf("firstStep"), excess = Number.NaN }: Omit<FlowOptions, "others"> = {},
): Finding[] {
  const harm = harmOfLoudness(excess) ?? harmOfRoughness(flow);
  const pValue = widthPValue(chain);
  if (harm === null || !(pValue < alpha)) return [];
  const wide = widthsOf(chain).filter(({ ratio }) => ratio > customary);
  const log = meanOf(wide.map(({ ratio }) => Math.log(ratio)));
  return [
    {
      detector: "wideWeights",
      fault: "exploding",
      severity: "alarm",
      places: wide.map(({ place }) => place),
      measured: {
        statistic: "mean square of the weights over that of those that keep the signal, in these layers,",
        value: Math.exp(log),
      },
      band: [0, customary],
      pValue,
      consequence: `signals grow on their way up, and ${harm}`,
      causes: [
        {
          part: "weights",
          logShare: log,
          explanation: `they are ${short(Math.exp(log / 2))} times as large as those that keep the signal`,
        },
      ],
      disproof:
        "training that begins with these weights and brings the loss down as fast as with smaller ones",
    },
  ];
}

/** How likely healthy weights are to be so wide; NaN where no layer has others below it. @see Wilson, Hilferty 1931 */
export function widthPValue(chain: readonly Contraction[]): number {
  const widths = widthsOf(chain);
  const count = widths.reduce((sum, { size }) => sum + size, 0);
  const mean = widths.reduce((sum, { size, ratio }) => sum + (size * ratio) / customary, 0) / count;
  // The cube root of a mean of so many squares is normal, nearly.
  const variance = 2 / (9 * count);
  return normalTail((Math.cbrt(mean) - 1 + variance) / Math.sqrt(variance));
}

/** All but the first layer, each set of weights once. */
function widthsOf(chain: readonly Contraction[]): Width[] {
  const seen = new Set<unknown>();
  return chain.slice(1).flatMap(({ place, weight, weightSource, fanIn, below }) => {
    if (seen.has(weightSource ?? weight)) return [];
    seen.add(weightSource ?? weight);
    const variance = keepingVariance(below);
    if (variance === null) return [];
    return [{ place, size: weight.size, ratio: ((sumOfSquares(weight) / weight.size) * fanIn) / variance }];
  });
}

/** What keeps signal and gradient, else the signal alone; null where that is not known. */
function keepingVariance(below: Contraction | null): number | null {
  const activation = below?.activation?.activation ?? null;
  const critical = criticalWeights(activation)?.weightVariance;
  return critical ?? (activation && unlessUnknown(() => activation.facts.gain ** 2));
}
