import { ArgumentError, ShapeError } from "../../errors.ts";
import type { Slide } from "../../kernels/convolution.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { alongAxis, reshape, squeeze, unsqueeze } from "../movement/movement.ts";
import { convolveWindows } from "./convolution-ops.ts";
import { extentNames } from "./spans.ts";
import { perAxis, type WindowOptions } from "./windows.ts";

export interface ConvolutionOptions extends WindowOptions {
  /**
   * Zeros on both sides of each spatial axis; default 0. One number, or one an axis. `"valid"` is none; `"same"` as many as keep the extents,
   * the odd one behind.
   */
  readonly padding?: number | readonly number[] | "valid" | "same";
  /** Channels are split into this many groups that do not see each other; default 1. */
  readonly groups?: number;
}

/** Zeros before and after each spatial axis. */
function paddingOf(
  operation: string,
  padding: number | readonly number[] | "valid" | "same",
  kernel: readonly number[],
  strides: readonly number[],
  dilations: readonly number[],
): (readonly [number, number])[] {
  if (padding === "same") {
    if (strides.some((stride) => stride !== 1))
      throw new ArgumentError(operation, 'expected a stride of 1 for padding "same"', strides);
    return kernel.map((size, axis) => {
      const total = dilations[axis] * (size - 1);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    });
  }
  const widths = padding === "valid" ? 0 : padding;
  return perAxis(operation, "padding", widths, kernel.length, 0).map((width) => [width, width]);
}

function convolve(
  operation: string,
  axes: number,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  { groups = 1, padding = 0, stride = 1, dilation = 1 }: ConvolutionOptions,
): Tensor {
  if (x.rank === axes + 1)
    return squeeze(
      convolve(operation, axes, unsqueeze(x, 0), weight, bias, { groups, padding, stride, dilation }),
      0,
    );
  perAxis(operation, "number of groups", groups, 1);
  if (
    x.rank !== axes + 2 ||
    weight.rank !== axes + 2 ||
    x.shape[1] !== weight.shape[1] * groups ||
    weight.shape[0] % groups !== 0
  ) {
    throw new ShapeError(
      operation,
      [x.shape, weight.shape],
      `expected [batch, channels, ${extentNames(axes)}] and [filters, channels / ${groups}, ${extentNames(axes)}]`,
    );
  }
  const [filters, channels, ...kernel] = weight.shape;
  checkBias(operation, bias, filters);
  const strides = perAxis(operation, "stride", stride, axes);
  const dilations = perAxis(operation, "dilation", dilation, axes);
  const widths = paddingOf(operation, padding, kernel, strides, dilations);
  const slides = kernel.map((size, axis): Slide => {
    const [before, after] = widths[axis];
    const extent = x.shape[axis + 2];
    const [stride, dilation] = [strides[axis], dilations[axis]];
    const count = Math.floor((before + extent + after - dilation * (size - 1) - 1) / stride) + 1;
    return { extent, size, dilation, stride, count: size > 0 ? count : 0, before };
  });
  if (slides.some(({ count }) => count < 1)) {
    const padded = slides.map(({ extent }, axis) => extent + widths[axis][0] + widths[axis][1]);
    throw new ShapeError(
      operation,
      [[...x.shape.slice(0, 2), ...padded], weight.shape],
      "expected a kernel that fits into the padded input",
    );
  }
  const rows = reshape(weight, [groups, filters / groups, channels * sizeOf(kernel)]);
  return convolveWindows(rows, x, bias && alongAxis(bias, 1, x.rank), { slides, groups });
}

/** @throws ShapeError unless there is no bias, or one number a channel */
export function checkBias(operation: string, bias: Tensor | null, channels: number): void {
  if (bias !== null && (bias.rank !== 1 || bias.size !== channels))
    throw new ShapeError(operation, [bias.shape], `expected a bias of ${channels} elements`);
}

/**
 * Cross-correlation of sequences with filters.
 *
 * @param x      [batch, channels, length], or without batch
 * @param weight [filters, channels / groups, kernel]
 * @param bias   [filters], or null
 * @returns [batch, filters, length'], length' as in `conv2d`
 * @throws ShapeError or ArgumentError as `conv2d`
 * @see torch.nn.functional.conv1d
 * @example
 * conv1d(tensor([[1, 2, 4, 8]]), tensor([[[-1, 1]]])); // [[1, 2, 4]]
 * conv1d(tensor([[1, 2, 3]]), ones([1, 1, 3]), null, { padding: "same" }); // [[3, 6, 5]]
 */
export function conv1d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvolutionOptions = {},
): Tensor {
  return convolve("conv1d", 1, x, weight, bias, options);
}

/**
 * Cross-correlation of images with filters.
 *
 * @param x      [batch, channels, height, width], or without batch
 * @param weight [filters, channels / groups, kernel height, kernel width]
 * @param bias   [filters], or null
 * @returns [batch, filters, height', width'], height' = floor((height + 2 padding - dilation (kernel - 1) - 1) / stride) + 1
 * @throws ShapeError if channels, groups and filters do not fit, or the kernel is larger than the padded image
 * @throws ArgumentError if an option is not a positive integer (the padding: not negative), or `"same"` meets a stride
 * @see torch.nn.functional.conv2d
 * @example
 * conv2d(tensor([[[1, 2], [3, 4]]]), tensor([[[[1, 0], [0, 10]]]]), tensor([0.5])); // [[[41.5]]]
 * conv2d(zeros([1, 4, 8, 8]), zeros([6, 2, 3, 3]), null, { stride: 2, padding: 1, groups: 2 }).shape; // [1, 6, 4, 4]
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvolutionOptions = {},
): Tensor {
  return convolve("conv2d", 2, x, weight, bias, options);
}

/**
 * Cross-correlation of volumes with filters.
 *
 * @param x      [batch, channels, depth, height, width], or without batch
 * @param weight [filters, channels / groups, kernel depth, kernel height, kernel width]
 * @param bias   [filters], or null
 * @returns [batch, filters, depth', height', width'], depth' as height' in `conv2d`
 * @throws ShapeError or ArgumentError as `conv2d`
 * @see torch.nn.functional.conv3d
 * @example
 * conv3d(tensor([[[[1, 2], [3, 4]]]]), ones([1, 1, 1, 2, 1])); // [[[[4, 6]]]]
 */
export function conv3d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvolutionOptions = {},
): Tensor {
  return convolve("conv3d", 3, x, weight, bias, options);
}
