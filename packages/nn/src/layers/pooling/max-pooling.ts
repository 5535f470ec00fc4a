import { maxPool1d, maxPool2d, maxPool3d, type Tensor } from "@isograd/autograd";
import type { Extents, Extents1d, Extents2d, Extents3d } from "../extent.ts";
import { Pooling, type PoolOptions } from "./pooling.ts";

export interface MaxPoolOptions<E extends Extents> extends PoolOptions<E> {
  /** How far apart the elements of a window lie; default 1. */
  readonly dilation?: E;
}

export type MaxPool1dOptions = MaxPoolOptions<Extents1d>;
export type MaxPool2dOptions = MaxPoolOptions<Extents2d>;
export type MaxPool3dOptions = MaxPoolOptions<Extents3d>;

/**
 * The largest element of each window of a sequence; the gradient goes to the first of equals.
 *
 * [batch, channels, length] -> [batch, channels, length'], or without batch. Padding is never the largest.
 *
 * @throws ShapeError when called, if there is no window; ArgumentError when called, if an option is out of range
 * @see torch.nn.MaxPool1d
 * @example
 * new MaxPool1d({ kernelSize: 3, stride: 2, ceilMode: true }).call(tensor([[1, 4, 2, 3, 5, 0]])); // [[4, 5, 5]]
 */
export class MaxPool1d extends Pooling<MaxPool1dOptions> {
  forward(x: Tensor): Tensor {
    return maxPool1d(x, this.options.kernelSize, this.options);
  }
}

/**
 * The largest element of each window of a image; the gradient goes to the first of equals.
 *
 * [batch, channels, height, width] -> [batch, channels, height', width'], or without batch. Padding is never the largest.
 *
 * @throws ShapeError when called, if there is no window; ArgumentError when called, if an option is out of range
 * @see torch.nn.MaxPool2d
 * @example
 * new MaxPool2d({ kernelSize: 2, stride: 1 }).call(tensor([[[1, 2, 3], [4, 5, 6], [7, 8, 9]]])); // [[[5, 6], [8, 9]]]
 */
export class MaxPool2d extends Pooling<MaxPool2dOptions> {
  forward(x: Tensor): Tensor {
    return maxPool2d(x, this.options.kernelSize, this.options);
  }
}

/**
 * The largest element of each window of a volume; the gradient goes to the first of equals.
 *
 * [batch, channels, depth, height, width] -> [batch, channels, depth', height', width'], or without batch. Padding is never the largest.
 *
 * @throws ShapeError when called, if there is no window; ArgumentError when called, if an option is out of range
 * @see torch.nn.MaxPool3d
 * @example
 * new MaxPool3d({ kernelSize: 2, ceilMode: true }).call(full([1, 4, 4, 5], 1)).shape; // [1, 2, 2, 3]
 */
export class MaxPool3d extends Pooling<MaxPool3dOptions> {
  forward(x: Tensor): Tensor {
    return maxPool3d(x, this.options.kernelSize, this.options);
  }
}
