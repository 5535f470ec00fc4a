import { adviceCandidates } from "@isograd/diagnostics";
import { table } from "../../zoo/report/markdown.ts";
import { type Judged, regretOf, type Trialled, ways } from "./judge.ts";

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Regret and cost of each way, and of one activation for all, as a table. */
export function tableOfWays(trials: readonly Trialled[]): string {
  const heads = ["way", "regret in points, mean", "worst", "steps", "gradient evaluations", "processor time"];
  const rows: string[][] = [];
  for (const way of ways) {
    const judged = trials.map(({ byWay }) => byWay[way]);
    const share = (of: (each: Judged) => number): string => percent(mean(judged.map(of)));
    const regrets = judged.map(({ regret }) => regret);
    rows.push([
      `\`${way}\``,
      mean(regrets).toFixed(2),
      Math.max(...regrets).toFixed(1),
      share(({ steps }) => steps),
      share(({ gradientEvaluations }) => gradientEvaluations),
      share(({ seconds }) => seconds),
    ]);
  }
  for (const { name, regrets } of fixed(trials).slice(0, 3))
    rows.push([`always ${name}`, mean(regrets).toFixed(2), Math.max(...regrets).toFixed(1), "", "", ""]);
  const relu = regretOf("relu", trials);
  rows.push(["always relu", mean(relu).toFixed(2), Math.max(...relu).toFixed(1), "", "", ""]);
  return table(heads, rows).join("\n");
}

/** One activation for all tasks, the best on the average first. */
function fixed(trials: readonly Trialled[]) {
  return adviceCandidates
    .map(({ name }) => ({ name, regrets: regretOf(name, trials) }))
    .sort((a, b) => mean(a.regrets) - mean(b.regrets));
}

/** What was best and what each way chose, a row a kind of task. */
export function tableOfTasks(trials: readonly Trialled[]): string {
  const names = [...new Set(trials.map(({ task }) => task))];
  const heads = ["task", "best of the grid", ...ways.map((way) => `\`${way}\``)];
  const rows: string[][] = [];
  for (const name of names) {
    const of = trials.filter(({ task }) => task === name);
    const best = of.map((each) => `${each.best} ${(each.points.get(each.best) ?? 0).toFixed(1)}`);
    const cells = ways.map((way) =>
      of.map(({ byWay }) => `${byWay[way].choice} -${byWay[way].regret.toFixed(1)}`).join(", "),
    );
    rows.push([name, best.join(", "), ...cells]);
  }
  return table(heads, rows).join("\n");
}
