import type { Label, RunResult } from "../result.ts";
import { isograd, rivalNames, rivalTool } from "./alarm.ts";
import { type CauseAccuracy, causeAccuracy } from "./causes.ts";
import { areaUnder, type CurvePoint, curve, operatingPoint } from "./curve.ts";
import { type Detection, detection } from "./detection.ts";
import { type Repairs, repairs } from "./repairs.ts";

export interface ToolMeasures extends Detection {
  /** Under its curve, or its one point. */
  readonly area: number | null;
}

/** All that is reported of some runs. */
export interface Measures {
  readonly runs: Readonly<Record<Label, number>>;
  readonly ours: ToolMeasures;
  readonly causes: CauseAccuracy;
  readonly repairs: Repairs;
  /** Our points by error rate. */
  readonly curve: readonly CurvePoint[] | null;
  /** By name. */
  readonly rivals: Readonly<Record<string, ToolMeasures>>;
  /** All together. */
  readonly seconds: RunResult["seconds"];
}

export function measure(runs: readonly RunResult[]): Measures {
  const points = curve(runs);
  return {
    runs: labelCounts(runs),
    ours: { ...detection(runs, isograd), area: points && areaUnder(points) },
    causes: causeAccuracy(runs),
    repairs: repairs(runs),
    curve: points,
    rivals: Object.fromEntries(
      rivalNames(runs).map((name) => {
        const tool = rivalTool(name);
        const point = operatingPoint(runs, tool);
        return [name, { ...detection(runs, tool), area: point && areaUnder([point]) }];
      }),
    ),
    seconds: seconds(runs),
  };
}

/** The same of each family, each group of faults, …: runs with null are in none. */
export function measureBy(
  runs: readonly RunResult[],
  key: (run: RunResult) => string | null,
): Record<string, Measures> {
  const groups = new Map<string, RunResult[]>();
  for (const run of runs) {
    const name = key(run);
    if (name === null) continue;
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name)?.push(run);
  }
  return Object.fromEntries([...groups].map(([name, some]) => [name, measure(some)]));
}

function labelCounts(runs: readonly RunResult[]): Record<Label, number> {
  const counts = { healthy: 0, odd: 0, faulty: 0, weakened: 0, tolerated: 0, unlucky: 0 };
  for (const { label } of runs) counts[label]++;
  return counts;
}

function seconds(runs: readonly RunResult[]): RunResult["seconds"] {
  const total = (of: keyof RunResult["seconds"]): number =>
    runs.reduce((sum, each) => sum + each.seconds[of], 0);
  return { training: total("training"), examination: total("examination") };
}
