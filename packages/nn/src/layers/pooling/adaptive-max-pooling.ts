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
 * new AdaptiveMaxPool1d({ outputSize: 4 });
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
 * new AdaptiveMaxPool2d({ outputSize: [7, null] });
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
 * new AdaptiveMaxPool3d({ outputSize: 1 });
 */
export class AdaptiveMaxPool3d extends Pooling<AdaptivePoolOptions> {
  forward(x: Tensor): Tensor {
    return adaptiveMaxPool3d(x, this.options.outputSize);
  }
}

/** As `AdaptiveMaxPool1d`, and where each maximum stands (`i32`, row-major). @see torch.nn.AdaptiveMaxPool1d with return_indices */
export class AdaptiveMaxPool1dWithIndices extends Pooling<
  AdaptivePoolOptions,
  readonly [x: Tensor],
  MaximaAndIndices
> {
  forward(x: Tensor): MaximaAndIndices {
    return adaptiveMaxPool1dWithIndices(x, this.options.outputSize);
  }
}

/** As `AdaptiveMaxPool2d`, and where each maximum stands (`i32`, row-major). @see torch.nn.AdaptiveMaxPool2d with return_indices */
export class AdaptiveMaxPool2dWithIndices extends Pooling<
  AdaptivePoolOptions,
  readonly [x: Tensor],
  MaximaAndIndices
> {
  forward(x: Tensor): MaximaAndIndices {
    return adaptiveMaxPool2dWithIndices(x, this.options.outputSize);
  }
}

/** As `AdaptiveMaxPool3d`, and where each maximum stands (`i32`, row-major). @see torch.nn.AdaptiveMaxPool3d with return_indices */
export class AdaptiveMaxPool3dWithIndices extends Pooling<
  AdaptivePoolOptions,
  readonly [x: Tensor],
  MaximaAndIndices
> {
  forward(x: Tensor): MaximaAndIndices {
    return adaptiveMaxPool3dWithIndices(x, this.options.outputSize);
  }
}
