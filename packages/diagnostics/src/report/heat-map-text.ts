import type { WatchedStep } from "../watch/run-log.ts";
import { short } from "../words.ts";
import { type Heat, heatMapOf, rangeOf } from "./heat-map.ts";

export interface HeatMapOptions {
  /** How many columns there are for the steps at most; default 60. */
  readonly columns?: number;
}

const shades = "▁▂▃▄▅▆▇█";
const others = { zero: "0", "not finite": "!", none: " " } as const;
const longestName = 24;

/**
 * The norm of the gradient to each layer's weights by step, as a map of text: a row a layer, the first on top, higher marks for larger norms, on
 * one log scale for all; and the loss on a scale of its own.
 *
 * @example
 * const watcher = watch();
 * const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
 * await fit({ model, loss: crossEntropy, optimizer, data: trialBatches });
 * watcher.stop();
 * formatHeatMap(watcher.history).split("\n").length; // 13
 */
export function formatHeatMap(
  history: readonly WatchedStep[],
  { columns: mostColumns = 60 }: HeatMapOptions = {},
): string {
  if (history.length === 0) return "no steps";
  const { columns, layers, losses } = heatMapOf(history, mostColumns);
  const range = rangeOf(layers.flatMap(({ heats }) => heats));
  const names = layers.map(({ place }) => shortened(place));
  const width = Math.max(4, ...names.map((name) => name.length));
  const row = (name: string, heats: readonly Heat[], { low, high }: typeof range): string =>
    `${name.padStart(width)} ┤${heats.map((heat) => symbol(heat, low, high)).join("")}`;
  const [first, last] = [columns[0].first, columns[columns.length - 1].last].map(String);
  const gap = Math.max(1, columns.length - first.length - last.length);
  return [
    ...layers.map(({ heats }, k) => row(names[k], heats, range)),
    row("loss", losses, rangeOf(losses)),
    `${"step".padStart(width)}  ${first}${last === first ? "" : `${" ".repeat(gap)}${last}`}`,
    legend([...layers.flatMap(({ heats }) => heats), ...losses], range),
  ].join("\n");
}

function symbol(heat: Heat, low: number, high: number): string {
  if (heat === null) return others.none;
  if (typeof heat === "string") return others[heat];
  return shades[Math.min(shades.length - 1, Math.floor(((heat - low) / (high - low)) * shades.length))];
}

/** Only what is there. */
function legend(
  heats: readonly Heat[],
  { low, high }: { readonly low: number; readonly high: number },
): string {
  const parts = [`gradient norm: ${shades[0]} ${short(10 ** low)} to ${shades.at(-1)} ${short(10 ** high)}`];
  for (const kind of ["zero", "not finite"] as const)
    if (heats.includes(kind)) parts.push(`${others[kind]} ${kind}`);
  return parts.join("   ");
}

/** The end tells layers apart. */
const shortened = (place: string): string =>
  place.length <= longestName ? place : `…${place.slice(1 - longestName)}`;
