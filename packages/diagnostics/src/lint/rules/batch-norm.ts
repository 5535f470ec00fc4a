import { harmfulFactor } from "../../detectors/flow-harm.ts";
import type { Finding } from "../../finding.ts";
import { factsOf, unlessUnknown } from "../../flow/flatness.ts";
import { short } from "../../words.ts";
import type { Examined } from "../layers.ts";
import { squared } from "./depth.ts";

/**
 * Plain stacks with batch normalisation that are too deep: each multiplies |gradient|² by E φ'²/Var φ > 1, whatever the weights. Shortcuts break
 * the product, so layers with one do not count.
 *
 * @see Yang et al. 2019, "A mean field theory of batch normalization"
 */
export function lintBatchNorm(layers: readonly Examined[], traced: number): Finding[] {
  const normalized = layers.filter((layer, k) => k > 0 && layers[k - 1].normalized && !layer.residual);
  const chis = normalized.map(({ use }) => (use && unlessUnknown(() => factsOf(use).chiBatchNorm)) ?? 1);
  const predicted = chis.reduce((sum, chi) => sum + Math.log(chi), 0);
  if (!(predicted > squared(harmfulFactor) && !(squared(traced) <= squared(harmfulFactor)))) return [];
  const factor = Math.exp(predicted / 2);
  return [
    {
      detector: "lint.batchNorm",
      fault: "exploding",
      severity: "alarm",
      places: normalized.map(({ place }) => place),
      measured: {
        statistic: "predicted factor on the gradient norm through batch normalisation",
        value: factor,
      },
      band: null,
      pValue: null,
      consequence: `the gradient grows by ${short(factor)} over ${normalized.length} layers going down: the first layers are thrown about by steps that suit the last`,
      causes: [
        {
          part: "operation",
          logShare: predicted / normalized.length,
          explanation: `batch normalisation behind ${normalized[0].before ?? "a linear layer"} multiplies |gradient|² by E φ'²/Var φ = ${short(chis[0])} a layer, and no initialisation changes that: add shortcuts, or take fewer layers`,
        },
      ],
      disproof: "gradients of real data at the first and the last of these layers whose norms are alike",
    },
  ];
}

/** Biases in front of a normalisation that subtracts the mean: they do nothing. */
export function lintUselessBias(layers: readonly Examined[]): Finding[] {
  const useless = layers.filter(({ hasBias, normalized }) => hasBias && normalized);
  if (useless.length === 0) return [];
  return [
    {
      detector: "lint.bias",
      fault: "redundant",
      severity: "info",
      places: useless.map(({ place }) => place),
      measured: { statistic: "layers whose biases have no effect", value: useless.length },
      band: null,
      pValue: null,
      consequence: "the normalisation subtracts them again: they get no gradient, and cost memory",
      causes: [
        {
          part: "bias",
          logShare: Number.NaN,
          explanation: "the mean over the batch is subtracted from what they are added to",
        },
      ],
      disproof: "a bias among them whose gradient is not zero up to rounding",
    },
  ];
}
