import type { Tensor } from "../../tensor.ts";
import { adaptiveSpans, type TargetExtents } from "./spans.ts";
import { divided, windowSums } from "./window-means.ts";

/** The mean of each of the parts that cover the last `axes` axes evenly. */
export function adaptiveAveragePool(
  operation: string,
  axes: number,
  x: Tensor,
  target: TargetExtents,
): Tensor {
  const spans = adaptiveSpans(operation, x.shape, axes, target);
  return divided(
    windowSums(x, spans),
    spans.map(({ counts }) => counts),
  );
}

/**
 * The mean of each of so many parts that cover the sequence evenly.
 *
 * @param x [batch, channels, length], or without batch
 * @see torch.nn.functional.adaptive_avg_pool1d
 * @example
 * adaptiveAvgPool1d(tensor([[1, 2, 3, 4, 5]]), 2); // [[2, 4]]
 */
export function adaptiveAvgPool1d(x: Tensor, target: TargetExtents): Tensor {
  return adaptiveAveragePool("adaptiveAvgPool1d", 1, x, target);
}

/**
 * The mean of each of so many parts that cover the image evenly.
 *
 * @param x [batch, channels, height, width], or without batch
 * @throws ShapeError if a spatial axis is empty; ArgumentError if the target does not fit
 * @see torch.nn.functional.adaptive_avg_pool2d
 * @example
 * adaptiveAvgPool2d(tensor([[[1, 2], [3, 4]]]), 1); // [[[2.5]]]
 * adaptiveAvgPool2d(tensor([[[1, 2], [3, 4]]]), [null, 1]); // [[[1.5], [3.5]]]
 */
export function adaptiveAvgPool2d(x: Tensor, target: TargetExtents): Tensor {
  return adaptiveAveragePool("adaptiveAvgPool2d", 2, x, target);
}

/**
 * The mean of each of so many parts that cover the volume evenly.
 *
 * @param x [batch, channels, depth, height, width], or without batch
 * @see torch.nn.functional.adaptive_avg_pool3d
 * @example
 * adaptiveAvgPool3d(tensor([[[[1, 2], [3, 4]]]]), [1, 1, 2]); // [[[[2, 3]]]]
 */
export function adaptiveAvgPool3d(x: Tensor, target: TargetExtents): Tensor {
  return adaptiveAveragePool("adaptiveAvgPool3d", 3, x, target);
}
