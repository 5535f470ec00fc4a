import { avgPool1d, avgPool2d, avgPool3d, type Tensor } from "@isograd/autograd";
import type { Extents, Extents1d, Extents2d, Extents3d } from "../extent.ts";
import { Pooling, type PoolOptions } from "./pooling.ts";

export interface AvgPoolOptions<E extends Extents> extends PoolOptions<E> {
  /** Count padding as zeros; default true. */
  readonly countIncludePad?: boolean;
  /** Divide each window's sum by this instead of its number of elements. */
  readonly divisorOverride?: number;
}

export type AvgPool1dOptions = AvgPoolOptions<Extents1d>;
export type AvgPool2dOptions = AvgPoolOptions<Extents2d>;
export type AvgPool3dOptions = AvgPoolOptions<Extents3d>;

/**
 * The mean of each window of a sequence.
 *
 * [batch, channels, length] -> [batch, channels, length'], or without batch.
 *
 * @throws ShapeError when called, if there is no window; ArgumentError when called, if an option is out of range
 * @see torch.nn.AvgPool1d
 * @example
 * new AvgPool1d({ kernelSize: 3, stride: 2, padding: 1, countIncludePad: false }).call(tensor([[1, 2, 3, 4]])); // [[1.5, 3]]
 */
export class AvgPool1d extends Pooling<AvgPool1dOptions> {
  forward(x: Tensor): Tensor {
    return avgPool1d(x, this.options.kernelSize, this.options);
  }
}

/**
 * The mean of each window of a image.
 *
 * [batch, channels, height, width] -> [batch, channels, height', width'], or without batch.
 *
 * @throws ShapeError when called, if there is no window; ArgumentError when called, if an option is out of range
 * @see torch.nn.AvgPool2d
 * @example
 * new AvgPool2d({ kernelSize: 2 }).call(tensor([[[1, 2], [3, 4]]])); // [[[2.5]]]
 */
export class AvgPool2d extends Pooling<AvgPool2dOptions> {
  forward(x: Tensor): Tensor {
    return avgPool2d(x, this.options.kernelSize, this.options);
  }
}

/**
 * The mean of each window of a volume.
 *
 * [batch, channels, depth, height, width] -> [batch, channels, depth', height', width'], or without batch.
 *
 * @throws ShapeError when called, if there is no window; ArgumentError when called, if an option is out of range
 * @see torch.nn.AvgPool3d
 * @example
 * new AvgPool3d({ kernelSize: [1, 2, 2], stride: 1 }).call(tensor([[[[1, 2], [3, 4]]]])); // [[[[2.5]]]]
 */
export class AvgPool3d extends Pooling<AvgPool3dOptions> {
  forward(x: Tensor): Tensor {
    return avgPool3d(x, this.options.kernelSize, this.options);
  }
}
