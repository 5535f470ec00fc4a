import type { Summary } from "../running/statistics.ts";
import type { Target } from "../workloads/workload.ts";

export function timeText(seconds: number): string {
  if (seconds < 1e-3) return `${(seconds * 1e6).toPrecision(3)} µs`;
  return seconds < 1 ? `${(seconds * 1e3).toPrecision(3)} ms` : `${seconds.toPrecision(3)} s`;
}

const ratio = (value: number): string => (value < 100 ? value.toPrecision(2) : value.toFixed(0));

export const metText = (met: boolean | null): string => (met === null ? "not compared" : met ? "yes" : "no");

/** The median, and the quartiles in brackets. */
export const ratioText = ({ median, quartiles: [low, high] }: Summary): string =>
  `${ratio(median)} (${ratio(low)}-${ratio(high)})`;

export const targetText = ({ javascript, pytorch, threads }: Target): string =>
  [
    `≥ ${javascript}`,
    threads === undefined ? "" : `≥ ${threads} with two threads`,
    pytorch === undefined ? "" : `≤ ${ratio(pytorch)}`,
  ]
    .filter(Boolean)
    .join(", ");
