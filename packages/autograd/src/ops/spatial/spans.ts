import { ArgumentError, ShapeError } from "../../errors.ts";
import type { Spans } from "../../kernels/window-maximum.ts";
import type { Shape } from "../../shape.ts";
import { perAxis, type WindowOptions } from "./windows.ts";

export interface PoolingOptions {
  /** How far apart windows begin; default: the window's size. One number, or one an axis. */
  readonly stride?: number | readonly number[];
  /** Elements added on both sides, at most half a window: -∞ for the maximum, 0 for the mean; default 0. One number, or one an axis. */
  readonly padding?: number | readonly number[];
  /** Let a last window that begins inside reach beyond the end; default false. */
  readonly ceilMode?: boolean;
}

/** The windows along one axis, without the padding that they see. */
export interface PoolingSpans extends Spans {
  /** The number of elements of each window, with the padding that it sees. */
  readonly counts: readonly number[];
}

/**
 * The windows of a pooling over the last axes of `shape`, one a size.
 *
 * @throws ShapeError if there is no window, or one that sees nothing but padding
 */
export function poolingSpans(
  operation: string,
  shape: Shape,
  axes: number,
  size: number | readonly number[],
  options: PoolingOptions & Pick<WindowOptions, "dilation">,
): PoolingSpans[] {
  checkPooled(operation, shape, axes);
  const sizes = perAxis(operation, "size", size, axes);
  const strides = perAxis(operation, "stride", options.stride ?? sizes, axes);
  const widths = perAxis(operation, "padding", options.padding ?? 0, axes, 0);
  const dilations = perAxis(operation, "dilation", options.dilation ?? 1, axes);
  if (widths.some((width, k) => width > sizes[k] / 2))
    throw new ArgumentError(operation, "expected a padding of at most half a window", widths);
  return sizes.map((extent, k) => {
    const spans = along(shape[shape.length - axes + k], extent, strides[k], widths[k], dilations[k], options);
    if (spans.firsts.length === 0 || spans.firsts.some((first, i) => first >= spans.ends[i])) {
      throw new ShapeError(operation, [shape, sizes], "expected windows that see an element each");
    }
    return spans;
  });
}

function along(
  extent: number,
  size: number,
  stride: number,
  padding: number,
  dilation: number,
  { ceilMode = false }: PoolingOptions,
): PoolingSpans {
  const reach = dilation * (size - 1) + 1;
  const last = (extent + 2 * padding - reach) / stride;
  let count = (ceilMode ? Math.ceil(last) : Math.floor(last)) + 1;
  if (ceilMode && (count - 1) * stride >= extent + padding) count--;
  count = Math.max(0, count);
  const starts = Array.from({ length: count }, (_, k) => k * stride - padding);
  return {
    firsts: starts.map((start) => (start < 0 ? start + Math.ceil(-start / dilation) * dilation : start)),
    ends: starts.map((start) => Math.min(start + reach, extent)),
    step: dilation,
    counts: starts.map((start) => Math.min(start + reach, extent + padding) - start),
    slide: { extent, size, dilation, stride, count, before: padding },
  };
}

/** A target extent an axis; null keeps the extent. One number serves all axes. */
export type TargetExtents = number | null | readonly (number | null)[];

/** Windows that cover the last axes evenly, as many as `target` says. @throws ShapeError if an axis is empty */
export function adaptiveSpans(
  operation: string,
  shape: Shape,
  axes: number,
  target: TargetExtents,
): PoolingSpans[] {
  checkPooled(operation, shape, axes);
  const extents = shape.slice(shape.length - axes);
  if (extents.includes(0))
    throw new ShapeError(operation, [shape], "expected spatial axes that are not empty");
  const listed = typeof target === "number" || target === null ? [target] : target;
  const targets = listed.length === 1 ? extents.map(() => listed[0]) : listed;
  const counts = extents.map((extent, k) => targets[k] ?? extent);
  if (targets.length !== axes || counts.some((count) => !Number.isInteger(count) || count < 0))
    throw new ArgumentError(operation, `expected ${axes} extents that are integers and not negative`, target);
  return extents.map((extent, k) => {
    const places = Array.from({ length: counts[k] }, (_, i) => i);
    const firsts = places.map((i) => Math.floor((i * extent) / counts[k]));
    const ends = places.map((i) => Math.ceil(((i + 1) * extent) / counts[k]));
    const spans = { firsts, ends, step: 1, counts: ends.map((end, i) => end - firsts[i]) };
    const size = extent / counts[k];
    if (!Number.isInteger(size)) return spans;
    return { ...spans, slide: { extent, size, dilation: 1, stride: size, count: counts[k], before: 0 } };
  });
}

function checkPooled(operation: string, shape: Shape, axes: number): void {
  if (shape.length === axes + 1 || shape.length === axes + 2) return;
  throw new ShapeError(
    operation,
    [shape],
    `expected [batch, channels, ${extentNames(axes)}], or the same without batch`,
  );
}

/** What the last axes are called: of a signal, an image, a volume. */
export const extentNames = (axes: number): string =>
  ["depth", "height", axes === 1 ? "length" : "width"].slice(-axes).join(", ");
