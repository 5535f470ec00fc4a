import type { Tensor } from "../../tensor.ts";
import { type PoolingOptions, poolingSpans } from "./spans.ts";
import { maxima } from "./window-maxima.ts";
import type { WindowOptions } from "./windows.ts";

export interface MaxPoolingOptions extends PoolingOptions, Pick<WindowOptions, "dilation"> {}

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
 * @example
 * maxPool1d(tensor([[1, 3, 2, 4]]), 2); // [[3, 4]]
 * maxPool1d(tensor([[1, 3, 2, 4]]), 2, { stride: 1 }); // [[3, 3, 4]]
 * grad((x) => sum(maxPool1d(x, 3)))(tensor([[5, 5, 1]])); // [[1, 0, 0]]
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
 * @example
 * maxPool2d(tensor([[[1, 2, 5], [4, 3, 6]]]), 2, { stride: 1 }); // [[[4, 6]]]
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
 * @example
 * maxPool3d(tensor([[[[1, 2], [4, 3]]]]), [1, 2, 1]); // [[[[4, 3]]]]
 */
export function maxPool3d(
  x: Tensor,
  size: number | readonly number[],
  options: MaxPoolingOptions = {},
): Tensor {
  return maxPool("maxPool3d", 3, x, size, options)[0];
}

/**
 * As `maxPool1d`, and where each maximum stands (`i32`).
 *
 * @see torch.nn.functional.max_pool1d_with_indices
 * @example
 * maxPool1dWithIndices(tensor([[1, 3, 2, 4]]), 2); // [[[3, 4]], [[1, 3]]]
 */
export function maxPool1dWithIndices(
  x: Tensor,
  size: number | readonly number[],
  options: MaxPoolingOptions = {},
): [values: Tensor, indices: Tensor] {
  return maxPool("maxPool1dWithIndices", 1, x, size, options);
}

/**
 * As `maxPool2d`, and where each maximum stands (`i32`), counted row by row.
 *
 * @see torch.nn.functional.max_pool2d_with_indices
 * @example
 * maxPool2dWithIndices(tensor([[[1, 2, 5], [4, 3, 6]]]), 2, { stride: 1 }); // [[[[4, 6]]], [[[3, 5]]]]
 */
export function maxPool2dWithIndices(
  x: Tensor,
  size: number | readonly number[],
  options: MaxPoolingOptions = {},
): [values: Tensor, indices: Tensor] {
  return maxPool("maxPool2dWithIndices", 2, x, size, options);
}

/**
 * As `maxPool3d`, and where each maximum stands (`i32`), counted row-major.
 *
 * @see torch.nn.functional.max_pool3d_with_indices
 * @example
 * maxPool3dWithIndices(tensor([[[[1, 2], [4, 3]]]]), [1, 2, 1]); // [[[[[4, 3]]]], [[[[2, 3]]]]]
 */
export function maxPool3dWithIndices(
  x: Tensor,
  size: number | readonly number[],
  options: MaxPoolingOptions = {},
): [values: Tensor, indices: Tensor] {
  return maxPool("maxPool3dWithIndices", 3, x, size, options);
}
