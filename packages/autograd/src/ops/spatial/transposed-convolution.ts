import { ArgumentError, ShapeError } from "../../errors.ts";
import type { Slide } from "../../kernels/convolution.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add } from "../elementwise/arithmetic.ts";
import { alongAxis, reshape, squeeze, unsqueeze } from "../movement/movement.ts";
import { checkBias } from "./convolution.ts";
import { spreadWindows } from "./convolution-ops.ts";
import { extentNames } from "./spans.ts";
import { perAxis, type WindowOptions } from "./windows.ts";

export interface TransposedConvolutionOptions extends WindowOptions {
  /** Cut from both sides of each spatial axis of the result; default 0. One number, or one an axis. */
  readonly padding?: number | readonly number[];
  /** Added behind each spatial axis of the result, less than stride or dilation; default 0. One number, or one an axis. */
  readonly outputPadding?: number | readonly number[];
  /** Channels are split into this many groups that do not see each other; default 1. */
  readonly groups?: number;
}

/** The adjoint of `conv` in its first operand: what that reads through windows is added up where the windows overlap. */
function convolveTransposed(
  operation: string,
  axes: number,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  options: TransposedConvolutionOptions,
): Tensor {
  if (x.rank === axes + 1)
    return squeeze(convolveTransposed(operation, axes, unsqueeze(x, 0), weight, bias, options), 0);
  const { groups = 1 } = options;
  perAxis(operation, "number of groups", groups, 1);
  if (
    x.rank !== axes + 2 ||
    weight.rank !== axes + 2 ||
    x.shape[1] !== weight.shape[0] ||
    x.shape[1] % groups !== 0
  ) {
    throw new ShapeError(
      operation,
      [x.shape, weight.shape],
      `expected [batch, channels, ${extentNames(axes)}] and [channels, filters / ${groups}, ${extentNames(axes)}], channels a multiple of ${groups}`,
    );
  }
  const places = x.shape.slice(2);
  const kernel = weight.shape.slice(2);
  if (kernel.includes(0))
    throw new ShapeError(operation, [x.shape, weight.shape], "expected a kernel that is not empty");
  const filters = weight.shape[1] * groups;
  checkBias(operation, bias, filters);
  const strides = perAxis(operation, "stride", options.stride ?? 1, axes);
  const dilations = perAxis(operation, "dilation", options.dilation ?? 1, axes);
  const cut = perAxis(operation, "padding", options.padding ?? 0, axes, 0);
  const more = perAxis(operation, "output padding", options.outputPadding ?? 0, axes, 0);
  if (more.some((width, axis) => width >= Math.max(strides[axis], dilations[axis])))
    throw new ArgumentError(operation, "expected an output padding less than stride or dilation", more);
  const full = places.map((extent, k) => (extent - 1) * strides[k] + dilations[k] * (kernel[k] - 1) + 1);
  if (full.some((extent, k) => places[k] === 0 || extent + more[k] - 2 * cut[k] < 1))
    throw new ShapeError(operation, [x.shape, weight.shape], `expected more than the padding [${cut}] cuts`);
  const slides = kernel.map((size, axis): Slide => {
    const extent = full[axis] + more[axis] - 2 * cut[axis];
    const [stride, dilation] = [strides[axis], dilations[axis]];
    return { extent, size, dilation, stride, count: places[axis], before: cut[axis] };
  });
  const rows = reshape(weight, [groups, x.shape[1] / groups, weight.shape[1] * sizeOf(kernel)]);
  const result = spreadWindows(rows, x, { slides, groups });
  return bias === null ? result : add(result, alongAxis(bias, 1, result.rank));
}

/**
 * The adjoint of `conv1d`, as a layer: it spreads each element over a window.
 *
 * @param x      [batch, channels, length], or without batch
 * @param weight [channels, filters / groups, kernel]
 * @param bias   [filters], or null
 * @returns [batch, filters, length'], length' as in `convTranspose2d`
 * @throws ShapeError or ArgumentError as `convTranspose2d`
 * @see torch.nn.functional.conv_transpose1d
 * @example
 * convTranspose1d(tensor([[1, 2]]), tensor([[[1, 10]]])); // [[1, 12, 20]]
 * convTranspose1d(tensor([[1, 2]]), tensor([[[1, 10]]]), null, { stride: 2 }); // [[1, 10, 2, 20]]
 */
export function convTranspose1d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: TransposedConvolutionOptions = {},
): Tensor {
  return convolveTransposed("convTranspose1d", 1, x, weight, bias, options);
}

/**
 * The adjoint of `conv2d`, as a layer: it spreads each element over a window.
 *
 * @param x      [batch, channels, height, width], or without batch
 * @param weight [channels, filters / groups, kernel height, kernel width]
 * @param bias   [filters], or null
 * @returns [batch, filters, height', width'], height' = (height - 1) stride - 2 padding + dilation (kernel - 1) + outputPadding + 1
 * @throws ShapeError if channels and groups do not fit, or the padding cuts everything
 * @throws ArgumentError if an option is out of range; the output padding must be less than stride or dilation
 * @see torch.nn.functional.conv_transpose2d
 * @example
 * convTranspose2d(tensor([[[1, 2]]]), ones([1, 1, 2, 2])); // [[[1, 3, 2], [1, 3, 2]]]
 * convTranspose2d(zeros([1, 4, 4, 4]), zeros([4, 2, 3, 3]), null, { stride: 2, padding: 1, outputPadding: 1 }).shape; // [1, 2, 8, 8]
 */
export function convTranspose2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: TransposedConvolutionOptions = {},
): Tensor {
  return convolveTransposed("convTranspose2d", 2, x, weight, bias, options);
}

/**
 * The adjoint of `conv3d`, as a layer: it spreads each element over a window.
 *
 * @param x      [batch, channels, depth, height, width], or without batch
 * @param weight [channels, filters / groups, kernel depth, kernel height, kernel width]
 * @param bias   [filters], or null
 * @returns [batch, filters, depth', height', width'], depth' as height' in `convTranspose2d`
 * @throws ShapeError or ArgumentError as `convTranspose2d`
 * @see torch.nn.functional.conv_transpose3d
 * @example
 * convTranspose3d(tensor([[[[1, 2]]]]), ones([1, 1, 1, 2, 1])); // [[[[1, 2], [1, 2]]]]
 */
export function convTranspose3d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: TransposedConvolutionOptions = {},
): Tensor {
  return convolveTransposed("convTranspose3d", 3, x, weight, bias, options);
}
