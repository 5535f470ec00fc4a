import { normalTail } from "@isograd/autograd";
import { harmfulFactor } from "../../detectors/flow-harm.ts";
import type { Finding } from "../../finding.ts";
import { criticalWeights } from "../../flow/criticality.ts";
import { factsOf, unlessUnknown } from "../../flow/flatness.ts";
import { bornDeadBound } from "../../theory/finite-width.ts";
import { short } from "../../words.ts";
import { type Examined, isPlain } from "../layers.ts";

/** The plain layers from whose units a gradient comes down, with k of the activation in front. */
const stepsOf = (layers: readonly Examined[]) =>
  layers.flatMap((layer, k) => {
    if (!isPlain(layers, k)) return [];
    const { use } = layer;
    // At the best weights there are: how far these are from them is another matter.
    const q = criticalWeights(use?.activation ?? null)?.q ?? layer.q;
    const known = use === null ? 2 : unlessUnknown(() => factsOf(use).moments(q).nullK);
    return [{ width: layers[k - 1].fanOut, k: known !== null && Number.isFinite(known) ? known : 2, use }];
  });

/** The law of log(|g first|²/|g last|²) over draws of the plain layers at their critical weights: N(-b/2, b), b = Σ k/width. */
export function lawOf(layers: readonly Examined[]): { readonly mean: number; readonly deviation: number } {
  const variance = stepsOf(layers).reduce((sum, { width, k }) => sum + k / width, 0);
  return { mean: -variance / 2, deviation: Math.sqrt(variance) };
}

/** Σ 1/n over the plain layers. */
export const inverseWidths = (layers: readonly Examined[]): number =>
  stepsOf(layers).reduce((sum, { width }) => sum + 1 / width, 0);

/** An upper bound of the chance that a draw of the network is dead as a whole: where one-sided activations have so few units that all may be flat. */
export const bornDead = (layers: readonly Examined[]): number =>
  bornDeadBound(
    stepsOf(layers).flatMap(({ width, use }) => (use !== null && isOneSided(use) ? [width] : [])),
  );

function isOneSided(use: NonNullable<Examined["use"]>): boolean {
  const flat = unlessUnknown(() => factsOf(use).flat);
  return flat !== null && (flat.below === null) !== (flat.above === null);
}

/** Shares of draws that fail beyond which a design is a gamble, and beyond which it is lost. */
const [gamble, lost] = [0.1, 0.5];

/** Too deep for their width: whatever the weights, many draws vanish or explode by chance, or are dead as a whole. */
export function lintWidth(layers: readonly Examined[]): Finding[] {
  const { mean, deviation } = lawOf(layers);
  const harm = 2 * Math.log(harmfulFactor);
  const failing = normalTail((harm + mean) / deviation) + normalTail((harm - mean) / deviation);
  const dead = bornDead(layers);
  const findings: Finding[] = [];
  if (failing > gamble)
    findings.push({
      detector: "lint.width",
      fault: "vanishing",
      severity: failing > lost ? "alarm" : "warning",
      places: layers.map(({ place }) => place),
      measured: { statistic: "Σ 1/width over the layers", value: inverseWidths(layers) },
      band: null,
      pValue: null,
      consequence: `of ${short(100 * failing)} % of all draws with the best weights there are, the gradient of the first layer is beyond a factor of 10³ from that of the last`,
      causes: [
        {
          part: "alignment",
          logShare: mean / layers.length,
          explanation: `log |gradient|² of random networks of these widths varies by ±${short(deviation)} around ${short(mean)}: make it wider or less deep, or add shortcuts`,
        },
      ],
      disproof: "draws of this architecture with other seeds whose first and last gradients are alike",
    });
  if (dead > gamble)
    findings.push({
      detector: "lint.bornDead",
      fault: "dead",
      severity: "warning",
      places: layers.map(({ place }) => place),
      measured: { statistic: "bound of the chance to be born dead", value: dead },
      band: null,
      pValue: null,
      consequence: `up to ${short(100 * dead)} % of all draws give the same output for every input, and never learn`,
      causes: [
        {
          part: "activation",
          logShare: Number.NaN,
          explanation:
            "all units of a narrow layer can lie on the flat side at once: make it wider, or take an activation that is flat nowhere",
        },
      ],
      disproof: "draws with other seeds among which fewer are constant",
    });
  return findings;
}
