import { type Spans, windowArgMaximum } from "../../kernels/window-maximum.ts";
import { apply, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { gather } from "../indexing/gather.ts";
import { reshape } from "../movement/movement.ts";
import { adaptiveSpans, type PoolingOptions, poolingSpans, type TargetExtents } from "./spans.ts";
import type { WindowOptions } from "./windows.ts";

export interface MaxPoolingOptions extends PoolingOptions, Pick<WindowOptions, "dilation"> {}

/** A position does not move with the values: its true derivative is zero. */
const windowArgmaxOp: Op<{ readonly spans: readonly Spans[] }> = /* @__PURE__ */ defineOp<{
  readonly spans: readonly Spans[];
}>({
  name: "windowArgmax",
  shape: ([x], { spans }) => ({
    shape: [...x.shape.slice(0, x.shape.length - spans.length), ...spans.map(({ firsts }) => firsts.length)],
    dtype: "i32",
  }),
  forward: ([x], { spans }) => windowArgMaximum(x, spans),
  vjp: "zero",
  batch: "leading",
});

/** The largest element of each window over the last axes, and where it stands, counted row-major within these axes. */
function maxima(x: Tensor, spans: readonly Spans[]): [values: Tensor, indices: Tensor] {
  const indices = apply(windowArgmaxOp, [x], { spans });
  const outer = x.shape.slice(0, x.rank - spans.length);
  const places = sizeOf(spans.map(({ firsts }) => firsts.length));
  const elements = reshape(x, [...outer, sizeOf(x.shape.slice(outer.length))]);
  const picked = gather(elements, -1, reshape(indices, [...outer, places]));
  return [reshape(picked, indices.shape), indices];
}

function maxPool(
  operation: string,
  axes: number,
  x: Tensor,
  size: number | readonly number[],
  options: MaxPoolingOptions,
): [values: Tensor, indices: Tensor] {
  return maxima(x, poolingSpans(operation, x.shape, axes, size, options));
}

/**
 * The largest element of each window; the gradient goes to the first of equals.
 *
 * @param x [batch, channels, length], or without batch
 * @see torch.nn.functional.max_pool1d
 */
export function maxPool1d(
  x: Tensor,
  size: number | readonly number[],
  options: MaxPoolingOptions = {},
): Tensor {
  return maxPool("maxPool1d", 1, x, size, options)[0];
}

/**
 * The largest element of each window; the gradient goes to the first of equals.
 *
 * @param x [batch, channels, height, width], or without batch
 * @returns [batch, channels, height', width'], height' = floor((height + 2 padding - dilation (size - 1) - 1) / stride) + 1, or ceil
 * @throws ShapeError if there is no window or one sees nothing but padding; ArgumentError if an option is out of range
 * @see torch.nn.functional.max_pool2d
 */
export function maxPool2d(
  x: Tensor,
  size: number | readonly number[],
  options: MaxPoolingOptions = {},
): Tensor {
  return maxPool("maxPool2d", 2, x, size, options)[0];
}

/**
 * The largest element of each window; the gradient goes to the first of equals.
 *
 * @param x [batch, channels, depth, height, width], or without batch
 * @see torch.nn.functional.max_pool3d
 */
export function maxPool3d(
  x: Tensor,
  size: number | readonly number[],
  options: MaxPoolingOptions = {},
): Tensor {
  return maxPool("maxPool3d", 3, x, size, options)[0];
}

/** As `maxPool1d`, and where each maximum stands (`i32`). @see torch.nn.functional.max_pool1d_with_indices */
export function maxPool1dWithIndices(
  x: Tensor,
  size: number | readonly number[],
  options: MaxPoolingOptions = {},
): [values: Tensor, indices: Tensor] {
  return maxPool("maxPool1dWithIndices", 1, x, size, options);
}

/** As `maxPool2d`, and where each maximum stands (`i32`), counted row by row. @see torch.nn.functional.max_pool2d_with_indices */
export function maxPool2dWithIndices(
  x: Tensor,
  size: number | readonly number[],
  options: MaxPoolingOptions = {},
): [values: Tensor, indices: Tensor] {
  return maxPool("maxPool2dWithIndices", 2, x, size, options);
}

/** As `maxPool3d`, and where each maximum stands (`i32`), counted row-major. @see torch.nn.functional.max_pool3d_with_indices */
export function maxPool3dWithIndices(
  x: Tensor,
  size: number | readonly number[],
  options: MaxPoolingOptions = {},
): [values: Tensor, indices: Tensor] {
  return maxPool("maxPool3dWithIndices", 3, x, size, options);
}

function adaptiveMaxPool(
  operation: string,
  axes: number,
  x: Tensor,
  target: TargetExtents,
): [values: Tensor, indices: Tensor] {
  return maxima(x, adaptiveSpans(operation, x.shape, axes, target));
}

/**
 * The largest element of each of so many parts that cover the sequence evenly.
 *
 * @param x [batch, channels, length], or without batch
 * @see torch.nn.functional.adaptive_max_pool1d
 */
export function adaptiveMaxPool1d(x: Tensor, target: TargetExtents): Tensor {
  return adaptiveMaxPool("adaptiveMaxPool1d", 1, x, target)[0];
}

/**
 * The largest element of each of so many parts that cover the image evenly.
 *
 * @param x [batch, channels, height, width], or without batch
 * @throws ShapeError if a spatial axis is empty; ArgumentError if the target does not fit
 * @see torch.nn.functional.adaptive_max_pool2d
 */
export function adaptiveMaxPool2d(x: Tensor, target: TargetExtents): Tensor {
  return adaptiveMaxPool("adaptiveMaxPool2d", 2, x, target)[0];
}

/**
 * The largest element of each of so many parts that cover the volume evenly.
 *
 * @param x [batch, channels, depth, height, width], or without batch
 * @see torch.nn.functional.adaptive_max_pool3d
 */
export function adaptiveMaxPool3d(x: Tensor, target: TargetExtents): Tensor {
  return adaptiveMaxPool("adaptiveMaxPool3d", 3, x, target)[0];
}

/** As `adaptiveMaxPool1d`, and where each maximum stands (`i32`). @see torch.nn.functional.adaptive_max_pool1d_with_indices */
export function adaptiveMaxPool1dWithIndices(
  x: Tensor,
  target: TargetExtents,
): [values: Tensor, indices: Tensor] {
  return adaptiveMaxPool("adaptiveMaxPool1dWithIndices", 1, x, target);
}

/** As `adaptiveMaxPool2d`, and where each maximum stands (`i32`), counted row by row. @see torch.nn.functional.adaptive_max_pool2d_with_indices */
export function adaptiveMaxPool2dWithIndices(
  x: Tensor,
  target: TargetExtents,
): [values: Tensor, indices: Tensor] {
  return adaptiveMaxPool("adaptiveMaxPool2dWithIndices", 2, x, target);
}

/** As `adaptiveMaxPool3d`, and where each maximum stands (`i32`), counted row-major. @see torch.nn.functional.adaptive_max_pool3d_with_indices */
export function adaptiveMaxPool3dWithIndices(
  x: Tensor,
  target: TargetExtents,
): [values: Tensor, indices: Tensor] {
  return adaptiveMaxPool("adaptiveMaxPool3dWithIndices", 3, x, target);
}
