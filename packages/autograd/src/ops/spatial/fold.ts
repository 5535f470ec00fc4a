import { ShapeError } from "../../errors.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { permute, reshape, squeeze, unsqueeze } from "../movement/movement.ts";
import { pad } from "../movement/slice.ts";
import { overlapAdd, perAxis, type WindowOptions, windows } from "./windows.ts";

export interface FoldOptions extends WindowOptions {
  /** Zeros on both sides of each axis; default 0. One number, or one an axis. */
  readonly padding?: number | readonly number[];
}

/** Each option as one number for each of the two axes. */
function perImage(operation: string, kernel: number | readonly number[], options: FoldOptions) {
  return {
    sizes: perAxis(operation, "kernel", kernel, 2),
    strides: perAxis(operation, "stride", options.stride ?? 1, 2),
    dilations: perAxis(operation, "dilation", options.dilation ?? 1, 2),
    widths: perAxis(operation, "padding", options.padding ?? 0, 2, 0),
  };
}

/**
 * The windows of an image as columns of a matrix.
 *
 * @param x [batch, channels, height, width], or without batch
 * @returns [batch, channels · window, number of windows]
 * @throws ShapeError if no window fits; ArgumentError if an option is out of range
 * @see torch.nn.functional.unfold
 * @example
 * im2col(tensor([[[1, 2, 3], [4, 5, 6]]]), 2); // [[1, 2], [2, 3], [4, 5], [5, 6]]
 */
export function im2col(x: Tensor, kernel: number | readonly number[], options: FoldOptions = {}): Tensor {
  if (x.rank === 3) return squeeze(im2col(unsqueeze(x, 0), kernel, options), 0);
  if (x.rank !== 4) throw new ShapeError("im2col", [x.shape], "expected [batch, channels, height, width]");
  const { sizes, strides, dilations, widths } = perImage("im2col", kernel, options);
  const padded = pad(x, [[0, 0], [0, 0], ...widths.map((width) => [width, width] as const)]);
  if (sizes.some((size, k) => dilations[k] * (size - 1) >= padded.shape[k + 2]))
    throw new ShapeError("im2col", [padded.shape, sizes], "expected windows that fit into the padded image");
  const seen = windows(padded, [2, 3], sizes, { stride: strides, dilation: dilations });
  const [batch, channels, rows, columns] = seen.shape;
  return reshape(permute(seen, [0, 1, 4, 5, 2, 3]), [batch, channels * sizeOf(sizes), rows * columns]);
}

/**
 * Adds the columns of a matrix up as windows of an image: the adjoint of `im2col`.
 *
 * @param x          [batch, channels · window, number of windows], or without batch
 * @param outputSize the height and width of the image
 * @returns [batch, channels, height, width]
 * @throws ShapeError if `x` is not what `im2col` gives for such an image; ArgumentError if an option is out of range
 * @see torch.nn.functional.fold
 * @example
 * col2im(ones([4, 4]), 3, 2); // [[[1, 2, 1], [2, 4, 2], [1, 2, 1]]]
 */
export function col2im(
  x: Tensor,
  outputSize: number | readonly number[],
  kernel: number | readonly number[],
  options: FoldOptions = {},
): Tensor {
  if (x.rank === 2) return squeeze(col2im(unsqueeze(x, 0), outputSize, kernel, options), 0);
  const { sizes, strides, dilations, widths } = perImage("col2im", kernel, options);
  const image = perAxis("col2im", "output size", outputSize, 2);
  const padded = image.map((extent, k) => extent + 2 * widths[k]);
  const counts = padded.map(
    (extent, k) => Math.floor((extent - dilations[k] * (sizes[k] - 1) - 1) / strides[k]) + 1,
  );
  const window = sizeOf(sizes);
  if (
    x.rank !== 3 ||
    x.shape[1] % window !== 0 ||
    counts.some((count) => count < 1) ||
    x.shape[2] !== sizeOf(counts)
  ) {
    throw new ShapeError(
      "col2im",
      [x.shape, image],
      `expected [batch, a multiple of ${window}, ${counts.join(" · ")}] for the image`,
    );
  }
  const [batch, channels] = [x.shape[0], x.shape[1] / window];
  const seen = permute(reshape(x, [batch, channels, ...sizes, ...counts]), [0, 1, 4, 5, 2, 3]);
  const options2d = { stride: strides, dilation: dilations };
  const whole = overlapAdd(seen, [batch, channels, ...padded], [2, 3], sizes, options2d);
  return pad(whole, [[0, 0], [0, 0], ...widths.map((width) => [-width, -width] as const)]);
}
