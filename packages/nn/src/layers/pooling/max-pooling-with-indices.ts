import {
  maxPool1dWithIndices,
  maxPool2dWithIndices,
  maxPool3dWithIndices,
  type Tensor,
} from "@isograd/autograd";
import type { MaxPool1dOptions, MaxPool2dOptions, MaxPool3dOptions } from "./max-pooling.ts";
import { Pooling } from "./pooling.ts";

/** The largest elements, and where each stands among the spatial elements of its channel (`i32`, row-major). */
export type MaximaAndIndices = [values: Tensor, indices: Tensor];

/**
 * As `MaxPool1d`, and where each maximum stands: what `MaxUnpool1d` takes.
 *
 * [batch, channels, length] -> two of [batch, channels, length'], or without batch.
 *
 * @throws ShapeError or ArgumentError as `MaxPool1d`
 * @see torch.nn.MaxPool1d with return_indices
 * @example
 * const [values, indices] = new MaxPool1dWithIndices({ kernelSize: 2 }).call(tensor([[1, 3, 4, 2]]));
 * values; // [[3, 4]]
 * indices; // [[1, 2]]
 */
export class MaxPool1dWithIndices extends Pooling<MaxPool1dOptions, readonly [x: Tensor], MaximaAndIndices> {
  forward(x: Tensor): MaximaAndIndices {
    return maxPool1dWithIndices(x, this.options.kernelSize, this.options);
  }
}

/**
 * As `MaxPool2d`, and where each maximum stands: what `MaxUnpool2d` takes.
 *
 * [batch, channels, height, width] -> two of [batch, channels, height', width'], or without batch.
 *
 * @throws ShapeError or ArgumentError as `MaxPool2d`
 * @see torch.nn.MaxPool2d with return_indices
 * @example
 * const [values, indices] = new MaxPool2dWithIndices({ kernelSize: 2 }).call(tensor([[[1, 2], [4, 3]]]));
 * values; // [[[4]]]
 * indices; // [[[2]]]
 */
export class MaxPool2dWithIndices extends Pooling<MaxPool2dOptions, readonly [x: Tensor], MaximaAndIndices> {
  forward(x: Tensor): MaximaAndIndices {
    return maxPool2dWithIndices(x, this.options.kernelSize, this.options);
  }
}

/**
 * As `MaxPool3d`, and where each maximum stands: what `MaxUnpool3d` takes.
 *
 * [batch, channels, depth, height, width] -> two of [batch, channels, depth', height', width'], or without batch.
 *
 * @throws ShapeError or ArgumentError as `MaxPool3d`
 * @see torch.nn.MaxPool3d with return_indices
 * @example
 * const x = tensor([[[[1, 2], [4, 3]], [[5, 8], [7, 6]]]]);
 * new MaxPool3dWithIndices({ kernelSize: 2 }).call(x)[1]; // [[[[5]]]]
 */
export class MaxPool3dWithIndices extends Pooling<MaxPool3dOptions, readonly [x: Tensor], MaximaAndIndices> {
  forward(x: Tensor): MaximaAndIndices {
    return maxPool3dWithIndices(x, this.options.kernelSize, this.options);
  }
}
