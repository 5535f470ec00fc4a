import { table } from "../../zoo/report/markdown.ts";
import { type Trialled, ways } from "./judge.ts";
import { fixedSummaries, type Summary, waySummaries } from "./summary.ts";

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const points = ({ regret, worst }: Summary): string[] => [regret.toFixed(2), worst.toFixed(1)];

/** Regret and cost of each way, and of one activation for all, as a table. */
export function tableOfWays(trials: readonly Trialled[]): string {
  const heads = ["way", "regret in points, mean", "worst", "steps", "gradient evaluations", "processor time"];
  const rows = waySummaries(trials).map((each) => [
    `\`${each.way}\``,
    ...points(each),
    percent(each.steps),
    percent(each.gradientEvaluations),
    percent(each.seconds),
  ]);
  const fixed = fixedSummaries(trials);
  for (const each of [...fixed.slice(0, 3), ...fixed.filter(({ name }) => name === "relu")])
    rows.push([`always ${each.name}`, ...points(each), "", "", ""]);
  return table(heads, rows).join("\n");
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
