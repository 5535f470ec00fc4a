import type { Target } from "../../zoo/report/circumstances.ts";
import type { Trialled } from "./judge.ts";
import { fixedSummaries, waySummaries } from "./summary.ts";

/** Points that may be lost, and the share of the grid's training steps and gradient evaluations that advice may take. */
const [mostRegret, mostShare] = [2, 1 / 4];

/** What was to be reached, and what each way of advice reached. */
export function targetOf(trials: readonly Trialled[]): Target {
  const summaries = waySummaries(trials);
  const [fixed] = fixedSummaries(trials);
  const told = summaries.map(
    ({ way, regret, steps }) => `${way} ${regret.toFixed(2)} points at ${(100 * steps).toFixed(1)} %`,
  );
  return {
    what: "activation advice: regret against the full grid",
    asked: "≤ 2 points at ≤ 1/4 of its compute, and less than the best fixed activation's",
    published: "-",
    measured: `${told.join(", ")}; always ${fixed.name} ${fixed.regret.toFixed(2)} points, over ${trials.length} tasks`,
    isMet: summaries.every(
      ({ regret, steps, gradientEvaluations }) =>
        regret <= mostRegret && regret < fixed.regret && Math.max(steps, gradientEvaluations) <= mostShare,
    ),
  };
}
