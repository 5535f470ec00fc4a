import { ArgumentError, ShapeError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { add } from "../elementwise/arithmetic.ts";
import { contiguous } from "../elementwise/cast.ts";
import { permute, reshape } from "../movement/movement.ts";
import { pad } from "../movement/slice.ts";
import { matmul } from "../products/matmul.ts";
import { type WindowOptions, windows } from "./windows.ts";

export interface ConvolutionOptions extends WindowOptions {
  /** Zeros on both sides of each spatial axis; default 0. One number, or one an axis. */
  readonly padding?: number | readonly number[];
  /** Channels are split into this many groups that do not see each other; default 1. */
  readonly groups?: number;
}

/**
 * Cross-correlation of images with filters.
 *
 * @param x      [batch, channels, height, width]
 * @param weight [filters, channels / groups, kernel height, kernel width]
 * @param bias   [filters], or null
 * @returns [batch, filters, height', width'], height' = floor((height + 2 padding - dilation (kernel - 1) - 1) / stride) + 1
 * @throws ShapeError if channels, groups and filters do not fit, or the kernel is larger than the padded image
 * @see torch.nn.functional.conv2d
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvolutionOptions = {},
): Tensor {
  const { groups = 1, padding = 0, stride, dilation } = options;
  if (
    x.rank !== 4 ||
    weight.rank !== 4 ||
    x.shape[1] !== weight.shape[1] * groups ||
    weight.shape[0] % groups !== 0
  ) {
    throw new ShapeError(
      "conv2d",
      [x.shape, weight.shape],
      `expected [batch, channels, height, width] and [filters, channels / ${groups}, height, width]`,
    );
  }
  const [filters, channels, ...kernel] = weight.shape;
  const seen = windows(padImage("conv2d", x, padding, 0), [2, 3], kernel, { stride, dilation });
  const [batch, , height, width] = seen.shape;
  // One matrix product for the whole batch: [groups, filters, window] · [groups, window, batch × places].
  const columns = reshape(permute(seen, [1, 4, 5, 0, 2, 3]), [
    groups,
    channels * kernel[0] * kernel[1],
    batch * height * width,
  ]);
  const rows = reshape(weight, [groups, filters / groups, channels * kernel[0] * kernel[1]]);
  const images = permute(reshape(matmul(rows, columns), [filters, batch, height, width]), [1, 0, 2, 3]);
  return bias === null ? contiguous(images) : add(images, reshape(bias, [filters, 1, 1]));
}

/** The last two axes, widened on both sides by `padding` times `value`. */
export function padImage(
  operation: string,
  x: Tensor,
  padding: number | readonly number[],
  value: number,
): Tensor {
  const widths = typeof padding === "number" ? [padding, padding] : padding;
  if (widths.length !== 2 || widths.some((width) => !Number.isInteger(width) || width < 0)) {
    throw new ArgumentError(
      operation,
      "expected a padding that is an integer and not negative, or two",
      padding,
    );
  }
  const inner = x.rank - 2;
  const around = x.shape.map((_, axis) =>
    axis < inner ? ([0, 0] as const) : ([widths[axis - inner], widths[axis - inner]] as const),
  );
  return pad(x, around, value);
}
