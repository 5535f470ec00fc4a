import { ShapeError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { gather } from "../indexing/gather.ts";
import { reshape, squeeze, unsqueeze } from "../movement/movement.ts";
import { argmax, mean } from "../reductions/reduce.ts";
import { padImage } from "./convolution.ts";
import { perAxis, windows } from "./windows.ts";

export interface PoolingOptions {
  /** How far apart windows begin; default: the window's size. */
  readonly stride?: number | readonly number[];
  /** Rows and columns added on both sides: -∞ for the maximum, 0 for the mean; default 0. */
  readonly padding?: number | readonly number[];
  /** How far apart the elements of a window lie; default 1. */
  readonly dilation?: number | readonly number[];
}

/** The windows of an image with their elements in one last axis: [batch, channels, height', width', elements]. */
function pooled(
  operation: string,
  x: Tensor,
  size: number | readonly number[],
  options: PoolingOptions,
  outside: number,
): Tensor {
  if (x.rank !== 4) throw new ShapeError(operation, [x.shape], "expected [batch, channels, height, width]");
  const kernel = perAxis(operation, "size", size, 2);
  const { stride = kernel, padding = 0, dilation = 1 } = options;
  const seen = windows(padImage(operation, x, padding, outside), [2, 3], kernel, { stride, dilation });
  return reshape(seen, [...seen.shape.slice(0, 4), kernel[0] * kernel[1]]);
}

/**
 * The largest element of each window; the gradient goes to the first of equals.
 *
 * @param x [batch, channels, height, width]
 * @see torch.nn.functional.max_pool2d
 */
export function maxPool2d(x: Tensor, size: number | readonly number[], options: PoolingOptions = {}): Tensor {
  const elements = pooled("maxPool2d", x, size, options, -Infinity);
  return squeeze(gather(elements, -1, unsqueeze(argmax(elements), -1)), -1);
}

/**
 * The mean of each window; padding counts as zeros.
 *
 * @param x [batch, channels, height, width]
 * @see torch.nn.functional.avg_pool2d
 */
export function avgPool2d(x: Tensor, size: number | readonly number[], options: PoolingOptions = {}): Tensor {
  return mean(pooled("avgPool2d", x, size, options, 0), { axis: -1 });
}
