import { isograd, rivalTool } from "../measures/alarm.ts";
import { operatingPoint } from "../measures/curve.ts";
import { type Measures, measure, measureBy } from "../measures/measures.ts";
import type { RunResult } from "../result.ts";
import type { ChartedPoint } from "./chart.ts";
import type { Circumstances } from "./circumstances.ts";
import { familyTable, ruleTable, toolsByFamily, toolTable } from "./comparison.ts";
import { faultTable, groupMeasures, groupTable, oddityTable } from "./faults.ts";
import { percent } from "./figures.ts";
import { plain, table } from "./markdown.ts";
import { falseAlarmList, missList, otherMissList } from "./mistake-lists.ts";
import { targets, targetTable } from "./targets.ts";
import { labelsText, limitsText, readingText } from "./words.ts";

/** The page docs/zoo.md. */
export function page(runs: readonly RunResult[], circumstances: Circumstances): string {
  const total = measure(runs);
  const families = measureBy(runs, ({ family }) => family);
  return [
    "# The zoo",
    "",
    ...introduction(runs, circumstances),
    "",
    ...targetTable([...targets(total), ...circumstances.elsewhere]),
    "",
    ...readingText,
    "",
    "## All tools on the same runs",
    "",
    ...toolTable(total),
    "",
    "![Recall over false alarms](zoo-roc.svg)",
    "",
    ...curveText(total),
    "",
    "_Recall at false alarms_, by family:",
    "",
    ...toolsByFamily(families),
    "",
    "The rivals' rules are written anew from these sources, with what they leave open decided as the files in `packages/diagnostics/zoo/rivals` say:",
    "",
    ...circumstances.rivals.map(({ name, source }) => `- ${plain(name)}: ${plain(source)}`),
    "",
    "Which of their rules fire, in how many runs:",
    "",
    ...ruleTable(runs),
    "",
    "## By family",
    "",
    ...familyTable(families),
    "",
    ...circumstances.families.map(({ name, description }) => `- _${plain(name)}_: ${plain(description)}`),
    "",
    "## By fault",
    "",
    ...groupTable(groupMeasures(runs)),
    "",
    ...faultTable(runs),
    "",
    "## Odd but healthy",
    "",
    ...oddityTable(runs),
    "",
    "## False alarms",
    "",
    ...falseAlarmList(runs),
    "",
    "## Misses",
    "",
    ...missList(runs),
    "",
    "Of the faults that are reported apart:",
    "",
    ...otherMissList(runs),
    "",
    "## What the labels mean",
    "",
    ...labelsText,
    "",
    "## Limits",
    "",
    ...limitsText,
    "",
    "## Seeds",
    "",
    ...seedTable(runs),
    "",
  ].join("\n");
}

/** What the chart shows beside our curve. */
export function chartedRivals(runs: readonly RunResult[], { rivals }: Circumstances): ChartedPoint[] {
  return rivals.flatMap(({ name }) => {
    const point = operatingPoint(runs, rivalTool(name));
    return point === null ? [] : [{ ...point, name }];
  });
}

export const ourPoint = (runs: readonly RunResult[]) => operatingPoint(runs, isograd);

function introduction(runs: readonly RunResult[], made: Circumstances): string[] {
  const updates = runs.reduce((sum, { steps }) => sum + steps, 0);
  const { training, examination } = measure(runs).seconds;
  const sets = [...new Set(runs.map(({ set }) => set))].sort();
  return [
    `Made by \`${made.command}\` on ${made.date}, ${made.machine}, Node ${made.node}; do not edit. ${runs.length} trainings with ${updates} updates, one`,
    `after the other: ${minutes(training)} with all tools watching at all error rates, and ${minutes(examination)} for what is looked at before the first step.`,
    `Seeds of: ${sets.join(", ")}.${sets.join() === "published" ? " No threshold was set on them." : " These are not those that results are published on."}`,
    "[zoo.json](zoo.json) has the figures of this page, [zoo-runs.jsonl](zoo-runs.jsonl) a line a run.",
  ];
}

const minutes = (seconds: number): string => `${(seconds / 60).toFixed(seconds < 600 ? 1 : 0)} minutes`;

function curveText({ curve }: Measures): string[] {
  if (curve === null || curve.length === 0) return ["No curve: nothing is healthy, or nothing faulty."];
  return [
    "Ours at other error rates:",
    "",
    ...table(
      ["error rate a run", "healthy runs with an alarm", "recall"],
      curve.map(({ alpha, falseAlarms, recall }) => [String(alpha), percent(falseAlarms), percent(recall)]),
    ),
  ];
}

/** The seeds of each family, those of a row in one set. */
function seedTable(runs: readonly RunResult[]): string[] {
  const seeds = new Map<string, { readonly cells: readonly string[]; readonly seeds: Set<string> }>();
  for (const { set, family, seed } of runs) {
    const key = `${set} ${family}`;
    if (!seeds.has(key)) seeds.set(key, { cells: [set, plain(family)], seeds: new Set() });
    seeds.get(key)?.seeds.add(seed);
  }
  return table(
    ["set", "family", "seeds", "first", "last"],
    [...seeds].sort().map(([, { cells, seeds }]) => {
      const sorted = [...seeds].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
      return [...cells, String(sorted.length), plain(sorted[0]), plain(sorted[sorted.length - 1])];
    }),
  );
}
