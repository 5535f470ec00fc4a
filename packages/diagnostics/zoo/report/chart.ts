import type { OperatingPoint } from "../measures/curve.ts";
import { percent } from "./figures.ts";

export interface ChartedPoint extends OperatingPoint {
  readonly name: string;
}

const [left, top, side] = [64, 24, 400];
const x = ({ falseAlarms }: OperatingPoint): string => (left + side * falseAlarms).toFixed(1);
const y = ({ recall }: OperatingPoint): string => (top + side * (1 - recall)).toFixed(1);

/** Recall over false alarms: our curve as a line, each rival a point with a letter, as an SVG. */
export function chart(
  ours: readonly OperatingPoint[],
  ourPoint: OperatingPoint | null,
  rivals: readonly ChartedPoint[],
): string {
  const legend = [
    ...(ourPoint === null
      ? []
      : [{ mark: "●", fill: "#0b6bcb", name: "isograd, as it comes", point: ourPoint }]),
    ...rivals.map((point, k) => ({ mark: letter(k), fill: "#b3261e", name: point.name, point })),
  ];
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 490" font-family="sans-serif" font-size="13" role="img" aria-label="Recall over false alarms">',
    '<rect width="860" height="490" fill="#fff"/>',
    ...[0, 0.2, 0.4, 0.6, 0.8, 1].flatMap(gridLines),
    `<line x1="${left}" y1="${top + side}" x2="${left + side}" y2="${top}" stroke="#999" stroke-dasharray="4 4"/>`,
    `<text x="${left + side / 2}" y="${top + side + 44}" text-anchor="middle">healthy runs with an alarm</text>`,
    `<text transform="translate(16 ${top + side / 2}) rotate(-90)" text-anchor="middle">faulty runs with an alarm</text>`,
    `<polyline fill="none" stroke="#0b6bcb" stroke-width="2" points="${ours.map((point) => `${x(point)},${y(point)}`).join(" ")}"/>`,
    ...ours.map((point) => `<circle cx="${x(point)}" cy="${y(point)}" r="3" fill="#0b6bcb"/>`),
    ...(ourPoint === null ? [] : [`<circle cx="${x(ourPoint)}" cy="${y(ourPoint)}" r="6" fill="#0b6bcb"/>`]),
    ...rivals.map(
      (point, k) =>
        `<circle cx="${x(point)}" cy="${y(point)}" r="9" fill="#b3261e" fill-opacity="0.85"/><text x="${x(point)}" y="${(Number(y(point)) + 4.5).toFixed(1)}" text-anchor="middle" fill="#fff" font-weight="bold">${letter(k)}</text>`,
    ),
    ...legend.map(
      ({ mark, fill, name, point }, k) =>
        `<text x="${left + side + 32}" y="${top + 24 + 24 * k}"><tspan fill="${fill}" font-weight="bold">${mark}</tspan> ${escaped(name)}: ${percent(point.recall)} at ${percent(point.falseAlarms)}</text>`,
    ),
    "</svg>",
    "",
  ].join("\n");
}

function gridLines(share: number): string[] {
  const [across, up] = [left + side * share, top + side * (1 - share)];
  const label = `${(100 * share).toFixed(0)} %`;
  return [
    `<line x1="${left}" y1="${up}" x2="${left + side}" y2="${up}" stroke="#ddd"/><line x1="${across}" y1="${top}" x2="${across}" y2="${top + side}" stroke="#ddd"/>`,
    `<text x="${left - 8}" y="${up + 4}" text-anchor="end">${label}</text><text x="${across}" y="${top + side + 20}" text-anchor="middle">${label}</text>`,
  ];
}

const letter = (k: number): string => String.fromCharCode("A".charCodeAt(0) + k);

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
