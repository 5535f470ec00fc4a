import type { OurFinding, RunResult } from "../result.ts";

/** What a tool said of a whole run. */
export interface Tool {
  readonly name: string;
  /** The step of its first alarm; null where it was silent to the end. */
  alarmStep(run: RunResult): number | null;
}

/** The first of our alarms; of several at a step the one that was reported first. */
export function firstAlarm({ ours }: Pick<RunResult, "ours">): OurFinding | null {
  return ours
    .filter(({ severity }) => severity === "alarm")
    .reduce<OurFinding | null>(
      (first, finding) => (first === null || finding.step < first.step ? finding : first),
      null,
    );
}

export const isograd: Tool = { name: "isograd", alarmStep: (run) => firstAlarm(run)?.step ?? null };

/** A rival has one kind of alarm: that any of its rules fires. */
export const rivalTool = (name: string): Tool => ({
  name,
  alarmStep: ({ rivals }) =>
    (rivals[name] ?? []).reduce<number | null>(
      (first, { step }) => (first === null || step < first ? step : first),
      null,
    ),
});

/** The names of all rivals that watched any of these runs, in the order in which they come. */
export const rivalNames = (runs: readonly RunResult[]): string[] => [
  ...new Set(runs.flatMap(({ rivals }) => Object.keys(rivals))),
];
