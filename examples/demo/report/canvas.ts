import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { Markup } from "./markup.ts";

// One empty page for all pictures: Plot draws into whatever document it is given.
const { document } = parseHTML("<html><body></body></html>");

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Draws marks as SVG whose colours are the page's CSS variables, so that they follow light and dark. */
export function draw(size: PictureSize, description: string, options: Plot.PlotOptions): Markup {
  const picture = Plot.plot({
    ...options,
    ...size,
    document: document as unknown as NonNullable<Plot.PlotOptions["document"]>,
    style: { fontSize: "12px", background: "transparent", overflow: "visible" },
    marginTop: 26,
    marginRight: 16,
    marginBottom: 38,
    marginLeft: 52,
  });
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", description);
  return new Markup(picture.outerHTML);
}

/** A power of ten as text: 10⁻⁶. */
export function powerOfTen(exponent: number): string {
  if (!Number.isInteger(exponent)) return "";
  if (exponent === 0) return "1";
  if (exponent === 1) return "10";
  const digits = [...String(exponent)].map((digit) => (digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]));
  return `10${digits.join("")}`;
}

/** Whole exponents for the ticks of an axis that covers `low` to `high`, at most about `most` of them. */
export function exponentTicks(low: number, high: number, most = 7): number[] {
  const step = Math.max(1, Math.ceil((high - low) / most));
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) ticks.push(tick + 0); // never -0
  return ticks;
}
