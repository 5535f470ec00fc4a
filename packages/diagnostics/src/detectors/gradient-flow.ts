import { alphaOf } from "../error-rate.ts";
import type { Finding } from "../finding.ts";
import type { FlowProfile } from "../flow/profile.ts";
import { holm } from "../statistics.ts";
import { short } from "../words.ts";
import { findCutOff } from "./cut-off.ts";
import { flowCauses } from "./flow-causes.ts";
import { harmOfLoudness, harmOfVanishing, isBeyond } from "./flow-harm.ts";
import { isLinear, missingActivation } from "./linear.ts";

export interface FlowOptions {
  /** The chance that a healthy network is reported, all tests together; default that of the first step. */
  readonly alpha?: number;
  /** The p-values of the other tests of the same pass: Holm's correction holds for all. */
  readonly others?: readonly number[];
  /** The loss as a multiple of that of an output of zeros; NaN where that is not known. */
  readonly excess?: number;
}

/**
 * Says whether gradients vanish or explode between the last layer and the first.
 *
 * An alarm needs significance and consequence. Significance: healthy networks of the same architecture do not show such a factor; or all of
 * them do, so that the architecture itself is at fault; or the harm is there to be seen, in an explosion that the loss shows. Consequence: the factor lies beyond 10³ either way, and no other use of the first
 * layer's weights makes up for it; or signals explode with the gradients, so that the loss begins far above that of an output of zeros; or they
 * vanish with them, so that hardly any contrast is left. Significant but harmless is `info`.
 */
export function detectGradientFlow(
  flow: FlowProfile,
  { alpha = alphaOf("firstStep"), others = [], excess = Number.NaN }: FlowOptions = {},
): Finding[] {
  const { healthy, layers, totalFactor } = flow;
  if (healthy === null || totalFactor === 0) return findCutOff(flow);
  const exploding = totalFactor > 1;
  const reach = exploding ? totalFactor : ownFactor(flow);
  const beyond = isBeyond(reach, exploding);
  const harm = exploding ? harmOfLoudness(excess) : harmOfVanishing(flow);
  const harmful = beyond || harm !== null;
  const [pValue] = holm([healthy.pValue, ...others]);
  const significant = pValue < alpha;
  const architectural = beyond && !significant && isBeyond(healthy.band[exploding ? 0 : 1], exploding);
  const evident = exploding && beyond && harm !== null;
  if (!significant && !architectural && !evident) return [];
  const [first, last] = [layers[0].place, layers[layers.length - 1].place];
  return [
    {
      detector: "gradientFlow",
      fault: exploding ? "exploding" : "vanishing",
      severity: harmful ? "alarm" : "info",
      places: layers.map(({ place }) => place),
      measured: { statistic: `gradient norm at ${first} over that at ${last}`, value: totalFactor },
      band: healthy.band,
      pValue: architectural ? null : pValue,
      consequence: beyond
        ? consequenceOf(exploding, totalFactor, first, last)
        : `the gradient norm changes by a factor of ${short(totalFactor)} from ${last} to ${first}${harm === null ? harmlessness(flow, first) : `, and so do the signals on their way up: ${harm}`}`,
      causes: [
        ...(exploding && isLinear(flow) ? [missingActivation(layers.length)] : []),
        ...flowCauses(flow.steps, exploding, architectural),
      ],
      disproof: disproofOf(flow, exploding, first, last),
    },
  ];
}

/** Weights that several layers share learn from the one that gets the most. */
function ownFactor({ layers, totalFactor }: FlowProfile): number {
  const [{ largestGradientNorm, gradientNorm }] = layers;
  return totalFactor * (largestGradientNorm / gradientNorm);
}

function consequenceOf(exploding: boolean, factor: number, first: string, last: string): string {
  return exploding
    ? `the gradient of ${first} is ${short(factor)} times that of ${last}: a learning rate that one can bear destroys or starves the other, and the numbers end in overflow`
    : `the gradient of ${first} is ${short(factor)} of that of ${last}: the first layers stay as they were drawn, and the last ones learn from noise`;
}

const harmlessness = ({ totalFactor }: FlowProfile, first: string): string =>
  isBeyond(totalFactor, false)
    ? `; the weights of ${first} are used further up as well and learn from there, but nothing that only the first uses could teach`
    : `: with plain gradient steps the first layers learn some ${Number(Math.max(totalFactor, 1 / totalFactor).toPrecision(2))} times ${totalFactor < 1 ? "more slowly" : "faster"} than the last; no harm at this depth`;

function disproofOf(
  { factorPerLayer }: FlowProfile,
  exploding: boolean,
  first: string,
  last: string,
): string {
  return exploding
    ? `one step of plain gradient descent at one learning rate that changes ${first} and ${last} by the same share of their weights`
    : `training that changes ${first} by the same share of its weights as ${last}: the factor is ${short(factorPerLayer)} a layer`;
}
