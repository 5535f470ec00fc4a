import type { UnitReport } from "../diagnosis.ts";
import { alphaOf } from "../error-rate.ts";
import type { Finding } from "../finding.ts";
import { chainOf } from "../flow/chain.ts";
import type { FlowProfile } from "../flow/profile.ts";
import type { ActivationUse, Contraction } from "../trace/network.ts";
import { detectDetached } from "./detached.ts";
import { detectGradientFlow } from "./gradient-flow.ts";
import { detectLinear } from "./linear.ts";
import { detectSymmetry } from "./symmetry.ts";
import { detectThroughTime, timePValues } from "./through-time.ts";
import { detectUnits } from "./units.ts";
import { detectWideWeights } from "./wide-weights.ts";

/** What a pass showed of a network. */
export interface Evidence {
  readonly loss: number;
  readonly contractions: readonly Contraction[];
  readonly activations: readonly ActivationUse[];
  /** One an activation. */
  readonly units: readonly UnitReport[];
  readonly flow: FlowProfile;
  /** The loss of an output of zeros; none where it is not known. */
  readonly uninformed?: number;
  /** The chance that anything is reported of a healthy network; default that of the first step. */
  readonly alpha?: number;
}

/**
 * How the chance of the first step is split. Many layers of units would leave little of a common correction to the one test of the flow; and so many
 * weights tell what they are at any chance.
 */
const shares = { units: 0.5, flow: 0.49, widths: 0.01 } as const;

/**
 * What one pass says of a network: its units, alike or dying, then its flow. Holm's correction holds for all tests of each.
 *
 * Where a layer is dead as a whole, the missing gradient below is the same finding. A loss of exactly 0 has nothing left to teach: no gradient
 * is then as it should be.
 */
export function judgeNetwork({
  loss,
  contractions,
  activations,
  units,
  flow,
  uninformed = Number.NaN,
  alpha = alphaOf("firstStep"),
}: Evidence): Finding[] {
  const cut = flow.layers.some(({ gradientNorm }) => gradientNorm === 0) || activations.some(endsGraph);
  if (cut && loss === 0) return [];
  const [unitAlpha, flowAlpha] = [shares.units * alpha, shares.flow * alpha];
  const flowTest = flow.healthy === null ? [] : [flow.healthy.pValue];
  const dying = [
    ...detectSymmetry(contractions),
    ...detectUnits(activations, units, { cut, alpha: unitAlpha }),
  ];
  const explained = cut && units.some(({ dead, units: all }) => dead === all);
  if (explained) return dying;
  const excess = loss / uninformed;
  const flowing = detectGradientFlow(flow, { alpha: flowAlpha, others: timePValues(flow), excess });
  // Signals that explode with their gradients are one finding.
  const known = flowing.some(({ fault, severity }) => fault === "exploding" && severity === "alarm");
  return [
    ...dying,
    ...detectDetached(contractions),
    ...flowing,
    ...(known
      ? []
      : detectWideWeights(chainOf(contractions), flow, { alpha: shares.widths * alpha, excess })),
    ...detectThroughTime(flow, { alpha: flowAlpha, others: flowTest }, contractions),
    ...detectLinear(flow),
  ];
}

/** A function without any slope ends the graph: what lies below is not even reached by a gradient of zero. */
const endsGraph = ({ inputs, output }: ActivationUse): boolean =>
  inputs[0].requiresGrad && !output.requiresGrad;
