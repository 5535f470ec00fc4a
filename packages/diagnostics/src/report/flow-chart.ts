import type { FlowProfile } from "../flow/profile.ts";
import { scaleOf } from "./scale.ts";

/** Colours what is drawn of one kind: with the codes of a terminal, with tags of a page. */
export interface FlowPaint {
  readonly measured: (marks: string) => string;
  readonly compared: (marks: string) => string;
  /** Where both lie in one row. */
  readonly both: (marks: string) => string;
  readonly band: (marks: string) => string;
}

export interface FlowChartOptions {
  /** Another network to draw beside it, such as a treated one; the band is then that network's, where it has one. */
  readonly compared?: FlowProfile | null;
  /** What the legend calls the two; default `measured` and `compared`. */
  readonly names?: readonly [measured: string, compared: string];
  /** Default: no colours. */
  readonly paint?: FlowPaint;
}

const marks = { measured: "●", compared: "○", both: "◎", band: "░" } as const;

const same = (text: string): string => text;
const unpainted: FlowPaint = { measured: same, compared: same, both: same, band: same };

/**
 * Gradient norms by layer, relative to the last layer's, as a chart of text with a log scale, with the band where 99.9 % of healthy networks lie.
 *
 * Zeros and values that are not finite have rows of their own.
 *
 * @returns a legend, and the chart below it
 * @example
 * const lines = formatFlow(diagnosis.flow).split("\n");
 * lines[0]; // "● measured   ░ where 99.9 % of healthy networks lie"
 * lines.filter((line) => line.includes("●")).length; // 11
 */
export function formatFlow(flow: FlowProfile, options: FlowChartOptions = {}): string {
  const { compared = null, names = ["measured", "compared"], paint = unpainted } = options;
  const curves: Curves = {
    measured: relativeNorms(flow),
    compared: compared === null ? null : relativeNorms(compared),
    band: (compared?.healthy ?? flow.healthy)?.layerBands ?? null,
  };
  if (curves.measured.length === 0) return "no layers";
  return [legend(curves, names, paint), ...draw(curves, paint)].join("\n");
}

interface Curves {
  readonly measured: readonly number[];
  readonly compared: readonly number[] | null;
  readonly band: readonly (readonly [low: number, high: number])[] | null;
}

function relativeNorms({ layers }: FlowProfile): number[] {
  const last = layers.at(-1)?.gradientNorm ?? Number.NaN;
  return layers.map(({ gradientNorm }) => gradientNorm / last);
}

function legend({ compared, band }: Curves, names: readonly [string, string], paint: FlowPaint): string {
  const parts = [`${paint.measured(marks.measured)} ${names[0]}`];
  if (compared !== null)
    parts.push(`${paint.compared(marks.compared)} ${names[1]}`, `${paint.both(marks.both)} both`);
  if (band !== null) parts.push(`${paint.band(marks.band)} where 99.9 % of healthy networks lie`);
  return parts.join("   ");
}

function draw({ measured, compared, band }: Curves, paint: FlowPaint): string[] {
  const layers = Math.max(measured.length, compared?.length ?? 0);
  const all = [...measured, ...(compared ?? [])];
  const scale = scaleOf([...all, ...(band ?? []).flat()]);
  const cell = layers > 36 ? 1 : 2;
  const row = (
    label: string,
    inRow: (value: number) => boolean,
    inBand: (layer: number) => boolean = () => false,
  ): string => {
    let cells = "";
    for (let layer = 0; layer < layers; layer++) {
      const ground = inBand(layer) ? marks.band : " ";
      const isMeasured = layer < measured.length && inRow(measured[layer]);
      const isCompared = compared !== null && layer < compared.length && inRow(compared[layer]);
      const both = isMeasured && isCompared;
      const mark = both ? marks.both : isMeasured ? marks.measured : isCompared ? marks.compared : ground;
      cells += mark.padEnd(cell, ground);
    }
    return `${label.padStart(7)} ┤${painted(cells.trimEnd(), paint)}`;
  };
  const rows: string[] = [];
  const beyond = (value: number): boolean => !Number.isFinite(value);
  if (all.some(beyond)) rows.push(row("inf/NaN", beyond));
  for (let at = scale.rows - 1; at >= 0; at--) {
    const isHere = (value: number): boolean =>
      value > 0 && Number.isFinite(value) && scale.rowOf(value) === at;
    const bandIsHere = (layer: number): boolean =>
      band !== null &&
      layer < band.length &&
      at >= scale.rowOf(band[layer][0]) &&
      at <= scale.rowOf(band[layer][1]);
    rows.push(row(scale.label(at), isHere, bandIsHere));
  }
  if (all.includes(0)) rows.push(row("0", (value) => value === 0));
  return [...rows, ...axis(layers, cell)];
}

function axis(layers: number, cell: number): string[] {
  const isTick = (layer: number): boolean =>
    layer === 0 || layer === layers - 1 || ((layer + 1) % 5 === 0 && layers - 1 - layer >= 3);
  let [line, labels] = ["", ""];
  for (let layer = 0; layer < layers; layer++) {
    line += (isTick(layer) ? "┬" : "─").padEnd(cell, "─");
    if (isTick(layer)) labels = labels.padEnd(layer * cell) + (layer + 1);
  }
  return [`${"".padStart(7)} └${line}`, `${"layer".padStart(7)}  ${labels}`];
}

function painted(cells: string, paint: FlowPaint): string {
  const colors: Readonly<Record<string, (mark: string) => string>> = {
    [marks.measured]: paint.measured,
    [marks.compared]: paint.compared,
    [marks.both]: paint.both,
  };
  return cells.replace(/░+|[●○◎]/g, (run) => (colors[run] ?? paint.band)(run));
}
