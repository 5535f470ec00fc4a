import type { WatchedStep } from "../watch/run-log.ts";

/** What steps that stand together show of a row: a logarithm to base 10, or why there is none; null where nobody looked. */
export type Heat = number | "zero" | "not finite" | null;

/** Norms by layer and step, on a log scale. */
export interface HeatMap {
  /** The steps of each column. */
  readonly columns: readonly { readonly first: number; readonly last: number }[];
  /** One row a layer, the first layer on top. */
  readonly layers: readonly { readonly place: string; readonly heats: readonly Heat[] }[];
  readonly losses: readonly Heat[];
}

/** A few neighbouring steps a column, so that there are at most so many; what is not finite is never averaged away. */
export function heatMapOf(history: readonly WatchedStep[], mostColumns: number): HeatMap {
  const each = Math.max(1, Math.ceil(history.length / mostColumns));
  const columns = Array.from({ length: Math.ceil(history.length / each) }, (_, k) =>
    history.slice(k * each, (k + 1) * each),
  );
  return {
    columns: columns.map((steps) => ({ first: steps[0].step, last: steps[steps.length - 1].step })),
    layers: placesOf(history).map((place) => ({
      place,
      heats: columns.map((steps) =>
        heatOf(
          steps.flatMap(({ places, layerNorms }) => {
            const at = places.indexOf(place);
            return at < 0 ? [] : [layerNorms[at]];
          }),
        ),
      ),
    })),
    losses: columns.map((steps) => heatOf(steps.map(({ loss }) => loss))),
  };
}

/** The places of all steps, the first layer first; steps of another program may have others. */
function placesOf(history: readonly WatchedStep[]): string[] {
  const lists = new Set(history.map(({ places }) => places));
  return [...new Set([...lists].flatMap((places) => places.toReversed()))];
}

/** The mean of the logs. A loss below zero has none, and is left out. */
function heatOf(values: readonly number[]): Heat {
  if (values.length === 0) return null;
  if (values.some((value) => !Number.isFinite(value))) return "not finite";
  const logs = values.filter((value) => value > 0).map(Math.log10);
  if (logs.length > 0) return logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return values.includes(0) ? "zero" : null;
}

/** The range of the logs in a row or several, three decades at least: what hardly changes shall look so. */
export function rangeOf(heats: readonly Heat[]): { readonly low: number; readonly high: number } {
  const logs = heats.filter((heat) => typeof heat === "number");
  if (logs.length === 0) return { low: 0, high: 0 };
  const low = logs.reduce((a, b) => Math.min(a, b));
  const high = logs.reduce((a, b) => Math.max(a, b));
  const missing = Math.max(0, 3 - (high - low)) / 2;
  return { low: low - missing, high: high + missing };
}
