import { harmfulFactor } from "../../detectors/flow-harm.ts";
import type { Finding } from "../../finding.ts";
import type { FlowProfile } from "../../flow/profile.ts";
import { short } from "../../words.ts";
import type { Examined } from "../layers.ts";

/**
 * Shortcuts whose branches are as large as the stream: signal and gradient grow by 1 + α²χ a block.
 *
 * A normalisation at the head of each branch, or a scale of 1/√blocks, keeps the product small.
 */
export function lintResidual(layers: readonly Examined[], { steps }: FlowProfile, traced: number): Finding[] {
  if (!(traced > harmfulFactor)) return [];
  const joins = steps.flatMap(({ between }) => between.filter(({ kind }) => kind === "residual"));
  const growth = joins.reduce((sum, { log }) => sum + log, 0);
  const total = 2 * Math.log(traced);
  if (!(growth > total / 2)) return [];
  const share = growth / joins.length;
  const blocks = layers.filter(({ residual }) => residual);
  return [
    {
      detector: "lint.residual",
      fault: "exploding",
      severity: "alarm",
      places: blocks.map(({ place }) => place),
      measured: {
        statistic: "factor on the gradient norm through the shortcuts, on random inputs",
        value: Math.exp(growth / 2),
      },
      band: null,
      pValue: null,
      consequence: `the gradient grows by ${short(traced)} from the last layer to the first, and the signal as much on its way up`,
      causes: [
        {
          part: "residual",
          logShare: share,
          explanation: `each of ${joins.length} shortcuts multiplies |gradient|² by ${short(Math.exp(share))}: scale the branches by ${short(1 / Math.sqrt(joins.length))}, begin their last layers with zeros, or normalise at their head`,
        },
      ],
      disproof: "gradients of real data at the first and the last layer whose norms are alike",
    },
  ];
}
