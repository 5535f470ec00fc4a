import type { RunResult } from "../result.ts";
import type { Tool } from "./alarm.ts";
import { detection, faultyAsked } from "./detection.ts";
import { rateOf } from "./rate.ts";

/** Where a tool stands: what it costs in false alarms to find this much. */
export interface OperatingPoint {
  /** Share of healthy runs with an alarm. */
  readonly falseAlarms: number;
  /** Share of faulty runs, with faults that are asked for, with an alarm. */
  readonly recall: number;
}

export interface CurvePoint extends OperatingPoint {
  /** The error rate of a run that our detectors were set to. */
  readonly alpha: number;
}

/** Our points by rising error rate. Null where nothing is healthy or nothing faulty. */
export function curve(runs: readonly RunResult[]): CurvePoint[] | null {
  const alphas = [...new Set(runs.flatMap(({ alarmedAt }) => alarmedAt.map(({ alpha }) => alpha)))];
  const at = (some: readonly RunResult[], alpha: number): number | null =>
    rateOf(some, ({ alarmedAt }) => alarmedAt.some((each) => each.alpha === alpha && each.alarmed)).share;
  const healthy = runs.filter(({ label }) => label === "healthy");
  const faulty = faultyAsked(runs);
  const points: CurvePoint[] = [];
  for (const alpha of alphas.sort((a, b) => a - b)) {
    const [falseAlarms, recall] = [at(healthy, alpha), at(faulty, alpha)];
    if (falseAlarms === null || recall === null) return null;
    points.push({ alpha, falseAlarms, recall });
  }
  return points;
}

/** A tool that has one threshold has one point. */
export function operatingPoint(runs: readonly RunResult[], tool: Tool): OperatingPoint | null {
  const { falseAlarms, recall } = detection(runs, tool);
  const [falsely, rightly] = [falseAlarms.healthy.share, recall.asked.share];
  return falsely === null || rightly === null ? null : { falseAlarms: falsely, recall: rightly };
}

/**
 * The area under the broken line from (0, 0) over the points to (1, 1): ½ for a coin. A single point (f, r) gives (1 + r - f)/2.
 *
 * What lies between the last point and (1, 1) is that of a tool which alarms more by throwing dice.
 */
export function areaUnder(points: readonly OperatingPoint[]): number {
  const line = [{ falseAlarms: 0, recall: 0 }, ...points, { falseAlarms: 1, recall: 1 }].sort(
    (a, b) => a.falseAlarms - b.falseAlarms || a.recall - b.recall,
  );
  return line
    .slice(1)
    .reduce(
      (sum, { falseAlarms, recall }, k) =>
        sum + ((falseAlarms - line[k].falseAlarms) * (recall + line[k].recall)) / 2,
      0,
    );
}
