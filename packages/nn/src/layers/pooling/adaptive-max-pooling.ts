import {
  adaptiveMaxPool1d,
  adaptiveMaxPool1dWithIndices,
  adaptiveMaxPool2d,
  adaptiveMaxPool2dWithIndices,
  adaptiveMaxPool3d,
  adaptiveMaxPool3dWithIndices,
  type Tensor,
} from "@isograd/autograd";
import type { AdaptivePoolOptions } from "./adaptive-average-pooling.ts";
import type { MaximaAndIndices } from "./max-pooling-with-indices.ts";
import { Pooling } from "./pooling.ts";

/**
 * The largest element of each of so many parts that cover a sequence evenly.
 *
 * [batch, channels, length] -> [batch, channels, length'], or without batch.
 *
 * @throws ShapeError when called, if a spatial axis is empty; ArgumentError when called, if the size does not fit
 * @see torch.nn.AdaptiveMaxPool1d
 * @example
 * new AdaptiveMaxPool1d({ outputSize: 2 }).call(tensor([[1, 2, 3, 4]])); // [[2, 4]]
 */
export class AdaptiveMaxPool1d extends Pooling<AdaptivePoolOptions> {
  forward(x: Tensor): Tensor {
    return adaptiveMaxPool1d(x, this.options.outputSize);
  }
}

/**
 * The largest element of each of so many parts that cover a image evenly.
 *
 * [batch, channels, height, width] -> [batch, channels, height', width'], or without batch.
 *
 * @throws ShapeError when called, if a spatial axis is empty; ArgumentError when called, if the size does not fit
 * @see torch.nn.AdaptiveMaxPool2d
 * @example
 * new AdaptiveMaxPool2d({ outputSize: [1, null] }).call(tensor([[[1, 2], [3, 4]]])); // [[[3, 4]]]
 */
export class AdaptiveMaxPool2d extends Pooling<AdaptivePoolOptions> {
  forward(x: Tensor): Tensor {
    return adaptiveMaxPool2d(x, this.options.outputSize);
  }
}

/**
 * The largest element of each of so many parts that cover a volume evenly.
 *
 * [batch, channels, depth, height, width] -> [batch, channels, depth', height', width'], or without batch.
 *
 * @throws ShapeError when called, if a spatial axis is empty; ArgumentError when called, if the size does not fit
 * @see torch.nn.AdaptiveMaxPool3d
 * @example
 * new AdaptiveMaxPool3d({ outputSize: 1 }).call(tensor([[[[1, 2]], [[3, 4]]]])); // [[[[4]]]]
 */
export class AdaptiveMaxPool3d extends Pooling<AdaptivePoolOptions> {
  forward(x: Tensor): Tensor {
    return adaptiveMaxPool3d(x, this.options.outputSize);
  }
}

/**
 * As `AdaptiveMaxPool1d`, and where each maximum stands (`i32`, row-major).
 *
 * @see torch.nn.AdaptiveMaxPool1d with return_indices
 * @example
 * const [values, indices] = new AdaptiveMaxPool1dWithIndices({ outputSize: 2 }).call(tensor([[1, 3, 4, 2]]));
 * values; // [[3, 4]]
 * indices; // [[1, 2]]
 */
export class AdaptiveMaxPool1dWithIndices extends Pooling<
  AdaptivePoolOptions,
  readonly [x: Tensor],
  MaximaAndIndices
> {
  forward(x: Tensor): MaximaAndIndices {
    return adaptiveMaxPool1dWithIndices(x, this.options.outputSize);
  }
}

/**
 * As `AdaptiveMaxPool2d`, and where each maximum stands (`i32`, row-major).
 *
 * @see torch.nn.AdaptiveMaxPool2d with return_indices
 * @example
 * new AdaptiveMaxPool2dWithIndices({ outputSize: 1 }).call(tensor([[[1, 2], [4, 3]]]))[1]; // [[[2]]]
 */
export class AdaptiveMaxPool2dWithIndices extends Pooling<
  AdaptivePoolOptions,
  readonly [x: Tensor],
  MaximaAndIndices
> {
  forward(x: Tensor): MaximaAndIndices {
    return adaptiveMaxPool2dWithIndices(x, this.options.outputSize);
  }
}

/**
 * As `AdaptiveMaxPool3d`, and where each maximum stands (`i32`, row-major).
 *
 * @see torch.nn.AdaptiveMaxPool3d with return_indices
 * @example
 * const x = tensor([[[[1, 2], [4, 3]], [[5, 8], [7, 6]]]]);
 * new AdaptiveMaxPool3dWithIndices({ outputSize: 1 }).call(x)[1]; // [[[[5]]]]
 */
export class AdaptiveMaxPool3dWithIndices extends Pooling<
  AdaptivePoolOptions,
  readonly [x: Tensor],
  MaximaAndIndices
> {
  forward(x: Tensor): MaximaAndIndices {
    return adaptiveMaxPool3dWithIndices(x, this.options.outputSize);
  }
}
