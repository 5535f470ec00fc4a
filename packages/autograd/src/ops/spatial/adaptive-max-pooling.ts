import type { Tensor } from "../../tensor.ts";
import { adaptiveSpans, type TargetExtents } from "./spans.ts";
import { maxima } from "./window-maxima.ts";

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
 * @example
 * adaptiveMaxPool1d(tensor([[1, 5, 2, 4, 3]]), 2); // [[5, 4]]
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
 * @example
 * adaptiveMaxPool2d(tensor([[[1, 2], [4, 3]]]), [2, 1]); // [[[2], [4]]]
 */
export function adaptiveMaxPool2d(x: Tensor, target: TargetExtents): Tensor {
  return adaptiveMaxPool("adaptiveMaxPool2d", 2, x, target)[0];
}

/**
 * The largest element of each of so many parts that cover the volume evenly.
 *
 * @param x [batch, channels, depth, height, width], or without batch
 * @see torch.nn.functional.adaptive_max_pool3d
 * @example
 * adaptiveMaxPool3d(tensor([[[[1, 2], [4, 3]]]]), [1, 2, 1]); // [[[[2], [4]]]]
 */
export function adaptiveMaxPool3d(x: Tensor, target: TargetExtents): Tensor {
  return adaptiveMaxPool("adaptiveMaxPool3d", 3, x, target)[0];
}

/**
 * As `adaptiveMaxPool1d`, and where each maximum stands (`i32`).
 *
 * @see torch.nn.functional.adaptive_max_pool1d_with_indices
 * @example
 * adaptiveMaxPool1dWithIndices(tensor([[1, 5, 2, 4, 3]]), 2); // [[[5, 4]], [[1, 3]]]
 */
export function adaptiveMaxPool1dWithIndices(
  x: Tensor,
  target: TargetExtents,
): [values: Tensor, indices: Tensor] {
  return adaptiveMaxPool("adaptiveMaxPool1dWithIndices", 1, x, target);
}

/**
 * As `adaptiveMaxPool2d`, and where each maximum stands (`i32`), counted row by row.
 *
 * @see torch.nn.functional.adaptive_max_pool2d_with_indices
 * @example
 * adaptiveMaxPool2dWithIndices(tensor([[[1, 2], [4, 3]]]), [2, 1]); // [[[[2], [4]]], [[[1], [2]]]]
 */
export function adaptiveMaxPool2dWithIndices(
  x: Tensor,
  target: TargetExtents,
): [values: Tensor, indices: Tensor] {
  return adaptiveMaxPool("adaptiveMaxPool2dWithIndices", 2, x, target);
}

/**
 * As `adaptiveMaxPool3d`, and where each maximum stands (`i32`), counted row-major.
 *
 * @see torch.nn.functional.adaptive_max_pool3d_with_indices
 * @example
 * adaptiveMaxPool3dWithIndices(tensor([[[[1, 2], [4, 3]]]]), 1); // [[[[[4]]]], [[[[2]]]]]
 */
export function adaptiveMaxPool3dWithIndices(
  x: Tensor,
  target: TargetExtents,
): [values: Tensor, indices: Tensor] {
  return adaptiveMaxPool("adaptiveMaxPool3dWithIndices", 3, x, target);
}
