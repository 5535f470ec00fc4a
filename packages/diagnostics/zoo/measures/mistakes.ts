import type { OurFinding, RunResult } from "../result.ts";
import { firstAlarm } from "./alarm.ts";

/** A healthy or odd run with an alarm: what it says. */
export interface FalseAlarm {
  readonly run: RunResult;
  readonly alarm: OurFinding;
}

export function falseAlarms(runs: readonly RunResult[]): FalseAlarm[] {
  return runs.flatMap((run) => {
    const alarm = firstAlarm(run);
    return alarm !== null && (run.label === "healthy" || run.label === "odd") ? [{ run, alarm }] : [];
  });
}

/** A faulty run without an alarm: what was said below an alarm, the gravest first. */
export interface Miss {
  readonly run: RunResult;
  readonly said: readonly OurFinding[];
}

const gravity = { alarm: 0, warning: 1, info: 2 } as const;

export function misses(runs: readonly RunResult[]): Miss[] {
  return runs
    .filter((run) => run.label === "faulty" && firstAlarm(run) === null)
    .map((run) => ({
      run,
      said: [...run.ours].sort((a, b) => gravity[a.severity] - gravity[b.severity] || a.step - b.step),
    }));
}
