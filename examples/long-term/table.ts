import type { Method, Setting } from "./plan.ts";
import { type Outcome, solvedBelow } from "./trial.ts";

const columns = [
  ["problem", 14],
  ["length", 6],
  ["method", 19],
  ["rate", 4],
  ["solved", 7],
  ["after steps", 11],
  ["wrong in the end", 16],
  ["clipped", 8],
  ["gradient norm: median, largest", 30],
] as const;

const line = (cells: readonly string[]): string =>
  cells
    .map((cell, k) => (k === 0 || k === 2 ? cell.padEnd(columns[k][1]) : cell.padStart(columns[k][1])))
    .join("  ");

export const header: string = line(columns.map(([name]) => name));

/** What became of the trainings of one method at one setting. */
export function row(setting: Setting, method: Method, outcomes: readonly Outcome[]): string {
  const { problem, length } = setting;
  const { learningRate, threshold } = method.descent(setting);
  const solved = outcomes.filter(({ errorRate }) => errorRate < solvedBelow);
  const norms = outcomes.flatMap((outcome) => outcome.norms);
  const share = (part: number): string => `${(100 * part).toFixed(part > 0 && part < 0.1 ? 1 : 0)} %`;
  const broken = outcomes.filter(({ stayedFinite }) => !stayedFinite).length;
  return line([
    problem.name,
    String(length),
    method.name,
    String(learningRate),
    `${solved.length}/${outcomes.length}`,
    solved.length === 0 ? "-" : String(median(solved.map(({ steps }) => steps))),
    share(median(outcomes.map(({ errorRate }) => errorRate))),
    threshold === undefined
      ? "-"
      : share(outcomes.reduce((sum, { clipped }) => sum + clipped, 0) / norms.length),
    `${short(median(norms))}, ${short(norms.reduce((a, b) => Math.max(a, b), 0))}` +
      (broken === 0 ? "" : `; ${broken} not finite`),
  ]);
}

/** Two digits. */
const short = (value: number): string =>
  value < 1e5 ? String(Number(value.toPrecision(2))) : value.toExponential(1).replace("+", "");

/** The middle one, or the upper of the two. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
