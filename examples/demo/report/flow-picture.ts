import * as Plot from "@observablehq/plot";
import { factor } from "../numbers.ts";
import type { FlowCurves } from "../study/flow-curves.ts";
import { draw, exponentTicks, type PictureSize, powerOfTen } from "./canvas.ts";
import type { Markup } from "./markup.ts";

interface Point {
  readonly layer: number;
  /** log10 of the norm relative to the last layer's; the floor of the picture for zero. */
  readonly exponent: number;
  readonly value: number;
}

/** The gradient norm by layer on a log axis: sick, healed, and where healthy networks lie. */
export function flowPicture({ sick, healed, band }: FlowCurves, size: PictureSize): Markup {
  const logs = [...sick, ...(healed ?? []), ...(band ?? []).flat()].filter(isDrawable).map(Math.log10);
  const hasZero = [...sick, ...(healed ?? [])].some((value) => value === 0);
  const high = Math.max(1, ...logs);
  const lowest = Math.min(-1, ...logs);
  const floor = lowest - 0.18 * (high - lowest);
  const points = (values: readonly number[]): Point[] =>
    values.flatMap((value, k) =>
      isDrawable(value) || value === 0
        ? [{ layer: k + 1, exponent: value === 0 ? floor : Math.log10(value), value }]
        : [],
    );
  const curve = (values: readonly number[], name: string, symbol: Plot.SymbolType) => {
    const data = points(values);
    return [
      Plot.line(data, { x: "layer", y: "exponent", stroke: `var(--${name})`, strokeWidth: 2 }),
      Plot.dot(data, {
        x: "layer",
        y: "exponent",
        symbol,
        r: 3.2,
        fill: name === "sick" ? "var(--sick)" : "var(--surface)",
        stroke: `var(--${name})`,
        strokeWidth: 1.6,
        title: ({ layer, value }: Point) => `${name}, layer ${layer}: ${factor(value)} of the last layer's`,
      }),
    ];
  };
  const layers = sick.length;
  return draw(size, "Gradient norm by layer, relative to the last layer, on a logarithmic axis", {
    x: {
      label: "layer (1: next to the input)",
      labelAnchor: "center",
      labelArrow: "none",
      ticks: Array.from({ length: layers }, (_, k) => k + 1).filter(
        (k) => k === 1 || k % 5 === 0 || k === layers,
      ),
      tickFormat: String,
    },
    y: {
      label: "|gradient| relative to the last layer",
      labelArrow: "none",
      domain: [hasZero ? floor : lowest, high],
      ticks: [...(hasZero ? [floor] : []), ...exponentTicks(lowest, high)],
      tickFormat: (tick: number) => (hasZero && tick === floor ? "0" : powerOfTen(tick)),
      grid: true,
      nice: false,
    },
    marks: [
      band === null
        ? null
        : Plot.areaY(
            band.map(([low, top], k) => ({ layer: k + 1, low: Math.log10(low), top: Math.log10(top) })),
            { x: "layer", y1: "low", y2: "top", fill: "var(--band)" },
          ),
      Plot.ruleY([0], { stroke: "var(--faint)", strokeDasharray: "3 3" }),
      ...curve(sick, "sick", "circle"),
      ...(healed === null ? [] : curve(healed, "healed", "diamond")),
    ],
  });
}

const isDrawable = (value: number): boolean => value > 0 && Number.isFinite(value);
