import type { FlowCurves } from "../study/flow-curves.ts";
import type { Paint } from "./paint.ts";

const marks = { sick: "●", healed: "○", both: "◎", band: "░", zero: "×" } as const;
const mostRows = 18;
const leastRows = 8;

/** Draws gradient norms by layer on a log scale; zeros and values that are not finite get rows of their own. */
export function drawFlow({ sick, healed, band }: FlowCurves, paint: Paint): string[] {
  const layers = sick.length;
  const scale = scaleOf([...sick, ...(healed ?? []), ...(band ?? []).flat()]);
  const cell = layers > 36 ? 1 : 2;
  const rows: string[] = [];
  const row = (label: string, symbol: (layer: number) => string): void => {
    const cells = Array.from({ length: layers }, (_, layer) => symbol(layer));
    rows.push(`${label.padStart(7)} ┤${paintRow(cells.join("").trimEnd(), paint)}`);
  };
  const symbolAt =
    (inRow: (value: number) => boolean, inBand: (layer: number) => boolean) => (layer: number) => {
      const isSick = inRow(sick[layer]);
      const isHealed = healed !== null && inRow(healed[layer]);
      const ground = inBand(layer) ? marks.band : " ";
      const mark = isSick && isHealed ? marks.both : isSick ? marks.sick : isHealed ? marks.healed : ground;
      return mark.padEnd(cell, ground);
    };
  const anywhere = (test: (value: number) => boolean): boolean => [...sick, ...(healed ?? [])].some(test);
  const beyond = (value: number): boolean => !Number.isFinite(value);

  if (anywhere(beyond))
    row(
      "inf/NaN",
      symbolAt(beyond, () => false),
    );
  for (let at = scale.rows - 1; at >= 0; at--) {
    const low = (layer: number): number => scale.rowOf(band![layer][0]);
    const high = (layer: number): number => scale.rowOf(band![layer][1]);
    row(
      scale.label(at),
      symbolAt(
        (value) => value > 0 && Number.isFinite(value) && scale.rowOf(value) === at,
        (layer) => band !== null && at >= low(layer) && at <= high(layer),
      ),
    );
  }
  if (anywhere((value) => value === 0))
    row(
      "0",
      symbolAt(
        (value) => value === 0,
        () => false,
      ),
    );
  return [...rows, ...axis(layers, cell)];
}

/** What the marks of `drawFlow` mean. */
export function flowLegend({ healed, band }: FlowCurves, paint: Paint): string {
  const parts = [`${paint.bad(marks.sick)} sick`];
  if (healed !== null) parts.push(`${paint.good(marks.healed)} healed`, `${paint.warn(marks.both)} both`);
  if (band !== null) parts.push(`${paint.dim(marks.band)} where 99.9 % of healthy networks lie`);
  return parts.join("   ");
}

interface Scale {
  readonly rows: number;
  rowOf(value: number): number;
  label(row: number): string;
}

/** Rows of equal height in decades, so that everything positive and finite fits and 1 lies on a row's middle. */
function scaleOf(values: readonly number[]): Scale {
  const logs = values
    .filter((value) => value > 0 && Number.isFinite(value))
    .map((value) => Math.log10(value));
  const lowest = Math.min(0, ...logs);
  const highest = Math.max(0, ...logs);
  const heights = [0.25, 0.5, 1, 2, 3, 5, 10, 20, 50];
  const fits = (height: number): boolean =>
    Math.round(highest / height) - Math.round(lowest / height) + 1 <= mostRows;
  const height = heights.find(fits) ?? 100;
  const bottom = Math.round(lowest / height);
  const rows = Math.max(leastRows, Math.round(highest / height) - bottom + 1);
  return {
    rows,
    rowOf: (value) => Math.round(Math.log10(value) / height) - bottom,
    label: (row) => {
      const exponent = (bottom + row) * height;
      return Number.isInteger(exponent) ? `1e${exponent}` : "";
    },
  };
}

function axis(layers: number, cell: number): string[] {
  const line = Array.from({ length: layers }, (_, layer) =>
    (tick(layer, layers) ? "┬" : "─").padEnd(cell, "─"),
  );
  let labels = "";
  for (let layer = 0; layer < layers; layer++) {
    if (tick(layer, layers)) labels = labels.padEnd(layer * cell) + (layer + 1);
  }
  return [`${"".padStart(7)} └${line.join("")}`, `${"layer".padStart(7)}  ${labels}`];
}

const tick = (layer: number, layers: number): boolean =>
  layer === 0 || layer === layers - 1 || ((layer + 1) % 5 === 0 && layers - 1 - layer >= 3);

function paintRow(text: string, paint: Paint): string {
  const colors: Record<string, (mark: string) => string> = {
    [marks.sick]: paint.bad,
    [marks.healed]: paint.good,
    [marks.both]: paint.warn,
  };
  return text.replace(/░+|[●○◎]/g, (run) => (colors[run] ?? paint.dim)(run));
}
