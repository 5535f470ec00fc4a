import { intervals, type Scores } from "./scores.ts";
import type { ScoresByName } from "./study.ts";

/** The scores of all folds: means over folds with their standard errors; the shares within the intervals of all rows, with theirs. */
export function tableOf(folds: readonly ScoresByName[]): string {
  const head = [
    "forecast",
    "RMSE of log price",
    "median error",
    "-log likelihood",
    ...intervals.map((share) => `within ${percent(share, 0)}`),
  ];
  const rows = Object.keys(folds[0]).map((name) => {
    const scores = folds.map((fold) => fold[name]);
    return [
      name,
      meanAndError(
        scores.map(({ rmse }) => rmse),
        4,
      ),
      percent(mean(scores.map(({ medianError }) => medianError)), 2),
      meanAndError(
        scores.map(({ nll }) => nll),
        3,
      ),
      ...intervals.map((_, k) => shareWithin(scores, k)),
    ];
  });
  return aligned([head, ...rows]);
}

/** Of all rows together, with the standard error of a share of so many. */
function shareWithin(scores: readonly Scores[], k: number): string {
  const rows = scores.reduce((sum, score) => sum + score.rows, 0);
  const share = scores.reduce((sum, { within }) => sum + within[k], 0) / rows;
  return `${(100 * share).toFixed(1)} ± ${percent(Math.sqrt((share * (1 - share)) / rows), 1)}`;
}

function meanAndError(values: readonly number[], digits: number): string {
  const center = mean(values);
  if (values.length === 1) return center.toFixed(digits);
  const variance = values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
  return `${center.toFixed(digits)} ± ${Math.sqrt(variance / values.length).toFixed(digits)}`;
}

/** Columns side by side: the first to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  return rows
    .map((row) =>
      row.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join("  "),
    )
    .join("\n");
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const percent = (share: number, digits: number): string => `${(100 * share).toFixed(digits)} %`;
