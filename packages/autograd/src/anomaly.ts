import { isFloating } from "./dtype.ts";
import type { Tensor } from "./tensor.ts";

/** The first element that is NaN or infinite, and where; null if all are finite. */
export function firstNonFinite(x: Tensor): { readonly value: number; readonly index: number[] } | null {
  if (!isFloating(x.dtype)) return null;
  const values = x.values();
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const index: number[] = [];
    let rest = i;
    for (let axis = x.rank - 1; axis >= 0; axis--) {
      index.unshift(rest % x.shape[axis]);
      rest = Math.floor(rest / x.shape[axis]);
    }
    return { value: values[i], index };
  }
  return null;
}

/** An operand in words: shape, range of its finite elements, and how many are not finite. */
export function rangeOf(x: Tensor): string {
  let [low, high, bad] = [Infinity, -Infinity, 0];
  for (const value of x.values()) {
    if (!Number.isFinite(value)) bad++;
    else {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const range =
    low > high ? "no finite element" : `in [${Number(low.toPrecision(4))}, ${Number(high.toPrecision(4))}]`;
  return `[${x.shape.join(", ")}] ${range}${bad > 0 ? `, ${bad} not finite` : ""}`;
}

/** The folder of this package's siblings, and the one this file runs from: frames inside are not the user's. */
const inside = /^(?<siblings>.*\/)autograd\/(?:src|dist)\//.exec(import.meta.url)?.groups?.siblings;

const isLibrary = (frame: string): boolean =>
  /\/@isograd\/(?:autograd|nn|diagnostics)\/dist\//.test(frame) ||
  (inside !== undefined &&
    /^(?:autograd|nn|diagnostics)\/(?:src|dist)\//.test(frame.split(inside.replace("file://", ""))[1] ?? ""));

/** The first line of the call stack that lies outside the library; undefined where the host tells none. */
export function callSite(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 64;
  const frames = new Error().stack?.split("\n").slice(1) ?? [];
  Error.stackTraceLimit = limit;
  const frame = frames.find(
    (line) => /:\d+:\d+\)?$/.test(line) && !isLibrary(line) && !line.includes("node:"),
  );
  return frame?.trim().replace(/^at /, "");
}
