import { ArgumentError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { div } from "../elementwise/arithmetic.ts";
import { type PoolingOptions, poolingSpans } from "./spans.ts";
import { divided, windowSums } from "./window-means.ts";

export interface MeanPoolingOptions extends PoolingOptions {
  /** Count padding as zeros; default true. What `ceilMode` reaches beyond the padding never counts. */
  readonly countIncludePad?: boolean;
  /** Divide each window's sum by this instead of its number of elements. */
  readonly divisorOverride?: number;
}

export function averagePool(
  operation: string,
  axes: number,
  x: Tensor,
  size: number | readonly number[],
  options: MeanPoolingOptions,
): Tensor {
  const { countIncludePad = true, divisorOverride } = options;
  if (divisorOverride === 0)
    throw new ArgumentError(operation, "expected a divisor that is not zero", divisorOverride);
  const spans = poolingSpans(operation, x.shape, axes, size, options);
  const sums = windowSums(x, spans);
  if (divisorOverride !== undefined) return div(sums, divisorOverride);
  return divided(
    sums,
    spans.map(({ counts, firsts, ends }) =>
      countIncludePad ? counts : ends.map((end, i) => end - firsts[i]),
    ),
  );
}

/**
 * The mean of each window.
 *
 * @param x [batch, channels, length], or without batch
 * @see torch.nn.functional.avg_pool1d
 * @example
 * avgPool1d(tensor([[1, 2, 3, 4]]), 2); // [[1.5, 3.5]]
 * avgPool1d(tensor([[2, 4]]), 2, { padding: 1 }); // [[1, 2]]
 * avgPool1d(tensor([[2, 4]]), 2, { padding: 1, countIncludePad: false }); // [[2, 4]]
 */
export function avgPool1d(
  x: Tensor,
  size: number | readonly number[],
  options: MeanPoolingOptions = {},
): Tensor {
  return averagePool("avgPool1d", 1, x, size, options);
}

/**
 * The mean of each window.
 *
 * @param x [batch, channels, height, width], or without batch
 * @returns [batch, channels, height', width'], height' = floor((height + 2 padding - size) / stride) + 1, or ceil
 * @throws ShapeError if there is no window; ArgumentError if an option is out of range
 * @see torch.nn.functional.avg_pool2d
 * @example
 * avgPool2d(tensor([[[1, 2, 5], [3, 4, 6]]]), 2, { stride: 1 }); // [[[2.5, 4.25]]]
 */
export function avgPool2d(
  x: Tensor,
  size: number | readonly number[],
  options: MeanPoolingOptions = {},
): Tensor {
  return averagePool("avgPool2d", 2, x, size, options);
}

/**
 * The mean of each window.
 *
 * @param x [batch, channels, depth, height, width], or without batch
 * @see torch.nn.functional.avg_pool3d
 * @example
 * avgPool3d(tensor([[[[1, 2], [3, 4]]]]), [1, 2, 1]); // [[[[2, 3]]]]
 */
export function avgPool3d(
  x: Tensor,
  size: number | readonly number[],
  options: MeanPoolingOptions = {},
): Tensor {
  return averagePool("avgPool3d", 3, x, size, options);
}
