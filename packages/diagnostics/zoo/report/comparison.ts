import { rivalNames } from "../measures/alarm.ts";
import type { Measures, ToolMeasures } from "../measures/measures.ts";
import type { RunResult } from "../result.ts";
import { countText, numberText, rateText, shareText } from "./figures.ts";
import { plain, table } from "./markdown.ts";

const areaText = ({ area }: ToolMeasures): string => (area === null ? "-" : area.toFixed(3));

/** All tools on the same runs. */
export function toolTable({ ours, rivals }: Measures): string[] {
  return table(
    [
      "tool",
      "healthy runs with an alarm",
      "odd ones",
      "recall",
      "other faults",
      "found at step 0",
      "median steps",
      "area",
    ],
    [["isograd", ours] as const, ...Object.entries(rivals)].map(([name, tool]) => [
      plain(name),
      rateText(tool.falseAlarms.healthy),
      shareText(tool.falseAlarms.odd),
      rateText(tool.recall.asked),
      shareText(tool.recall.others),
      shareText(tool.atStepZero),
      numberText(tool.medianSteps),
      areaText(tool),
    ]),
  );
}

/** Recall and false alarms of each tool in each family, in hundredths. */
export function toolsByFamily(families: Readonly<Record<string, Measures>>): string[] {
  const names = [...new Set(Object.values(families).flatMap(({ rivals }) => Object.keys(rivals)))];
  return table(
    ["family", "isograd", ...names.map(plain)],
    Object.entries(families).map(([family, { ours, rivals }]) => [
      plain(family),
      ...[ours, ...names.map((name) => rivals[name] as ToolMeasures | undefined)].map((tool) =>
        tool === undefined
          ? "-"
          : `${shareText(tool.recall.asked)} at ${shareText(tool.falseAlarms.healthy)}`,
      ),
    ]),
  );
}

/** In how many healthy, odd and faulty runs each rule of each rival fires. */
export function ruleTable(runs: readonly RunResult[]): string[] {
  const fired = rivalNames(runs).flatMap((name) =>
    runs.flatMap(({ label, rivals }) => (rivals[name] ?? []).map(({ rule }) => ({ label, name, rule }))),
  );
  const rules = new Map(fired.map((each) => [`${each.name}: ${each.rule}`, each]));
  return table(
    ["tool", "rule", "healthy runs", "odd runs", "faulty runs"],
    [...rules.values()].map(({ name, rule }) => [
      plain(name),
      plain(rule),
      ...(["healthy", "odd", "faulty"] as const).map((label) =>
        String(
          fired.filter((each) => each.label === label && each.name === name && each.rule === rule).length,
        ),
      ),
    ]),
  );
}

/** Runs by what they are, and what we say of them. */
export function familyTable(families: Readonly<Record<string, Measures>>): string[] {
  return table(
    [
      "family",
      "healthy: alarms",
      "odd: alarms",
      "faulty: found",
      "other faults: found",
      "weakened: found",
      "tolerated: alarms",
      "unlucky: alarms",
      "at step 0",
      "right cause",
      "repaired",
    ],
    Object.entries(families).map(([family, { ours, causes, repairs }]) => [
      plain(family),
      countText(ours.falseAlarms.healthy),
      countText(ours.falseAlarms.odd),
      rateText(ours.recall.asked),
      countText(ours.recall.others),
      countText(ours.weakened),
      countText(ours.alarmed.tolerated),
      countText(ours.alarmed.unlucky),
      countText(ours.atStepZero),
      rateText(causes.ofFound),
      rateText(repairs.repaired),
    ]),
  );
}
