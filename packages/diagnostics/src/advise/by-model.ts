import { criticalWeights } from "../flow/criticality.ts";
import { unlessUnknown } from "../flow/flatness.ts";
import { meanField } from "../theory/mean-field.ts";
import { short } from "../words.ts";
import type { Ranked, Verdict } from "./advice.ts";
import type { Architecture } from "./architecture.ts";
import { type Candidate, fittingVariance, isGate } from "./candidate.ts";
import { outlookReasons } from "./outlook-reasons.ts";
import { predict } from "./predict.ts";
import { scoreOf } from "./score.ts";

/** Ranks candidates by theory: what becomes of signal and gradient in these layers with weights that suit each. */
export function rankByModel(candidates: readonly Candidate[], architecture: Architecture): Verdict {
  const ranking = candidates.map((candidate): Ranked => {
    const outlook = unlessUnknown(() => predict(candidate, architecture));
    if (outlook === null)
      return {
        candidate,
        score: Number.NEGATIVE_INFINITY,
        steps: 0,
        reasons: ["its curve is not defined everywhere: theory says nothing of it"],
      };
    return {
      candidate,
      score: scoreOf(outlook),
      steps: 0,
      reasons: [...asymptotics(candidate, architecture), ...outlookReasons(outlook)],
    };
  });
  return {
    ranking: ranking.sort((a, b) => b.score - a.score),
    ending: `predicted for ${architecture.layers.length} hidden layers, no data`,
  };
}

/** Where a deep network of it would settle, against the depth there is. */
function asymptotics(candidate: Candidate, { layers }: Architecture): string[] {
  const weightVariance = fittingVariance(candidate);
  const drawn = `weights from N(0, ${short(weightVariance)}/fanIn)`;
  if (isGate(candidate))
    return [
      `${drawn}: a gate settles at no size of the signal, these keep the one that the first layer makes`,
    ];
  if (layers.every(({ normalized }) => normalized))
    return [
      `behind batch normalisation the weights do not matter, χ = ${short(candidate.facts.chiBatchNorm)}`,
    ];
  const kind = criticalWeights(candidate) === null ? "no weights are critical; " : "";
  const { q, chi, depthScales } = meanField(candidate, { weightVariance });
  const scale = Number.isFinite(depthScales.gradient)
    ? `changes by e over ${short(2 * depthScales.gradient)} layers`
    : "keeps its size at any depth";
  return [
    `${kind}${drawn} take the signal to q* = ${short(q)}, where χ = ${short(chi)}: the gradient norm ${scale}, and there are ${layers.length}`,
  ];
}
