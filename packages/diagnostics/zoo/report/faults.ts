import { firstAlarm, isograd, rivalNames, rivalTool } from "../measures/alarm.ts";
import { askedGroups } from "../measures/detection.ts";
import { type Measures, measureBy } from "../measures/measures.ts";
import { rateOf } from "../measures/rate.ts";
import type { RunResult } from "../result.ts";
import { countText, intervalText, numberText, rateText, shareText } from "./figures.ts";
import { plain, table } from "./markdown.ts";

/** Groups whose recall is asked for come first. */
export function groupMeasures(runs: readonly RunResult[]): Record<string, Measures> {
  const order = (name: string): number =>
    askedGroups.indexOf(name as never) < 0 ? askedGroups.length : askedGroups.indexOf(name as never);
  return Object.fromEntries(
    Object.entries(measureBy(runs, ({ group }) => group)).sort(
      ([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1),
    ),
  );
}

/** What is found of each group of faults, when, and what becomes of it; and what the rivals find. */
export function groupTable(groups: Readonly<Record<string, Measures>>): string[] {
  const names = [...new Set(Object.values(groups).flatMap(({ rivals }) => Object.keys(rivals)))];
  const found = ({ recall }: Measures["ours"]) => (recall.asked.of > 0 ? recall.asked : recall.others);
  return table(
    ["group", "found", "median steps", "right cause", "repaired", ...names.map(plain)],
    Object.entries(groups).map(([group, { ours, causes, repairs, rivals }]) => [
      askedGroups.includes(group as never) ? plain(group) : `${plain(group)} (apart)`,
      intervalText(found(ours)),
      numberText(ours.medianSteps),
      rateText(causes.ofFound),
      rateText(repairs.repaired),
      ...names.map((name) => shareText(found(rivals[name]))),
    ]),
  );
}

/** Each injected fault: how often it does harm, and is found. */
export function faultTable(runs: readonly RunResult[]): string[] {
  return table(
    ["fault", "group", "families", "faulty: found", "weakened: found", "tolerated: alarms", "first found by"],
    groupedBy(
      runs.filter(({ group }) => group !== null),
      ({ group, variant }) => `${group} ${variant}`,
    ).map((some) => {
      const [{ variant, group }] = some;
      const alarmed = (label: RunResult["label"]): string =>
        countText(
          rateOf(
            some.filter((run) => run.label === label),
            (run) => isograd.alarmStep(run) !== null,
          ),
        );
      return [
        plain(variant),
        plain(String(group)),
        plain([...new Set(some.map(({ family }) => family))].sort().join(", ")),
        alarmed("faulty"),
        alarmed("weakened"),
        alarmed("tolerated"),
        detectorsOf(some.filter(({ label }) => label === "faulty")),
      ];
    }),
  );
}

/** Each oddity: in how many runs each tool raises an alarm. */
export function oddityTable(runs: readonly RunResult[]): string[] {
  const names = rivalNames(runs);
  return table(
    ["oddity", "runs", "isograd", ...names.map(plain)],
    groupedBy(
      runs.filter(({ label }) => label === "odd"),
      ({ variant }) => variant,
    ).map((some) => [
      plain(some[0].variant),
      String(some.length),
      ...[isograd, ...names.map(rivalTool)].map((tool) =>
        String(some.filter((run) => tool.alarmStep(run) !== null).length),
      ),
    ]),
  );
}

/** Such as `gradientFlow 12, units 3`. */
function detectorsOf(runs: readonly RunResult[]): string {
  const counts = new Map<string, number>();
  for (const run of runs) {
    const alarm = firstAlarm(run);
    if (alarm !== null) counts.set(alarm.detector, (counts.get(alarm.detector) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return sorted.map(([detector, count]) => `${plain(detector)} ${count}`).join(", ") || "-";
}

/** Runs of the same key together, by key. */
function groupedBy(runs: readonly RunResult[], key: (run: RunResult) => string): RunResult[][] {
  const groups = new Map<string, RunResult[]>();
  for (const run of runs) groups.set(key(run), [...(groups.get(key(run)) ?? []), run]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, some]) => some);
}
