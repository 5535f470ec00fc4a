import { adaptiveAvgPool1d, adaptiveAvgPool2d, adaptiveAvgPool3d, type Tensor } from "@isograd/autograd";
import { Pooling } from "./pooling.ts";

export interface AdaptivePoolOptions {
  /** How many parts a spatial axis is cut into: one number for all axes, or one for each; null keeps the extent. */
  readonly outputSize: number | null | readonly (number | null)[];
}

/**
 * The mean of each of so many parts that cover a sequence evenly.
 *
 * [batch, channels, length] -> [batch, channels, length'], or without batch.
 *
 * @throws ShapeError when called, if a spatial axis is empty; ArgumentError when called, if the size does not fit
 * @see torch.nn.AdaptiveAvgPool1d
 * @example
 * new AdaptiveAvgPool1d({ outputSize: 2 }).call(tensor([[1, 2, 3, 4]])); // [[1.5, 3.5]]
 */
export class AdaptiveAvgPool1d extends Pooling<AdaptivePoolOptions> {
  forward(x: Tensor): Tensor {
    return adaptiveAvgPool1d(x, this.options.outputSize);
  }
}

/**
 * The mean of each of so many parts that cover a image evenly.
 *
 * [batch, channels, height, width] -> [batch, channels, height', width'], or without batch.
 *
 * @throws ShapeError when called, if a spatial axis is empty; ArgumentError when called, if the size does not fit
 * @see torch.nn.AdaptiveAvgPool2d
 * @example
 * new AdaptiveAvgPool2d({ outputSize: [1, null] }).call(tensor([[[1, 2], [3, 4]]])); // [[[2, 3]]]
 */
export class AdaptiveAvgPool2d extends Pooling<AdaptivePoolOptions> {
  forward(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.options.outputSize);
  }
}

/**
 * The mean of each of so many parts that cover a volume evenly.
 *
 * [batch, channels, depth, height, width] -> [batch, channels, depth', height', width'], or without batch.
 *
 * @throws ShapeError when called, if a spatial axis is empty; ArgumentError when called, if the size does not fit
 * @see torch.nn.AdaptiveAvgPool3d
 * @example
 * new AdaptiveAvgPool3d({ outputSize: 1 }).call(tensor([[[[1, 2]], [[3, 4]]]])); // [[[[2.5]]]]
 */
export class AdaptiveAvgPool3d extends Pooling<AdaptivePoolOptions> {
  forward(x: Tensor): Tensor {
    return adaptiveAvgPool3d(x, this.options.outputSize);
  }
}
