import { maxUnpool1d, maxUnpool2d, maxUnpool3d, type Tensor } from "@isograd/autograd";
import type { Extents, Extents1d, Extents2d, Extents3d } from "../extent.ts";
import { Pooling, type PoolOptions } from "./pooling.ts";

/** The options of the pooling that is undone. */
export type MaxUnpoolOptions<E extends Extents> = Omit<PoolOptions<E>, "ceilMode">;

type UnpoolInputs = readonly [x: Tensor, indices: Tensor, outputSize?: readonly number[]];

/**
 * Puts maxima back where they came from, among zeros: the partial inverse of `MaxPool1dWithIndices`.
 *
 * Values and indices [batch, channels, length'] -> [batch, channels, length], or without batch; `outputSize` gives the spatial extents where several fit, by
 * default the smallest.
 *
 * @throws ShapeError when called, if the shapes of values and indices differ; ArgumentError when called, if an index or the output size is out of range
 * @see torch.nn.MaxUnpool1d
 * @example
 * const [values, indices] = new MaxPool1dWithIndices({ kernelSize: 2 }).call(tensor([[1, 3, 4, 2]]));
 * new MaxUnpool1d({ kernelSize: 2 }).call(values, indices); // [[0, 3, 4, 0]]
 */
export class MaxUnpool1d extends Pooling<MaxUnpoolOptions<Extents1d>, UnpoolInputs> {
  forward(x: Tensor, indices: Tensor, outputSize?: readonly number[]): Tensor {
    return maxUnpool1d(x, indices, this.options.kernelSize, { ...this.options, outputSize });
  }
}

/**
 * Puts maxima back where they came from, among zeros: the partial inverse of `MaxPool2dWithIndices`.
 *
 * Values and indices [batch, channels, height', width'] -> [batch, channels, height, width], or without batch; `outputSize` gives the spatial extents where several fit, by
 * default the smallest.
 *
 * @throws ShapeError when called, if the shapes of values and indices differ; ArgumentError when called, if an index or the output size is out of range
 * @see torch.nn.MaxUnpool2d
 * @example
 * const [values, indices] = new MaxPool2dWithIndices({ kernelSize: 2 }).call(tensor([[[1, 2], [4, 3]]]));
 * new MaxUnpool2d({ kernelSize: 2 }).call(values, indices); // [[[0, 0], [4, 0]]]
 */
export class MaxUnpool2d extends Pooling<MaxUnpoolOptions<Extents2d>, UnpoolInputs> {
  forward(x: Tensor, indices: Tensor, outputSize?: readonly number[]): Tensor {
    return maxUnpool2d(x, indices, this.options.kernelSize, { ...this.options, outputSize });
  }
}

/**
 * Puts maxima back where they came from, among zeros: the partial inverse of `MaxPool3dWithIndices`.
 *
 * Values and indices [batch, channels, depth', height', width'] -> [batch, channels, depth, height, width], or without batch; `outputSize` gives the spatial extents where several fit, by
 * default the smallest.
 *
 * @throws ShapeError when called, if the shapes of values and indices differ; ArgumentError when called, if an index or the output size is out of range
 * @see torch.nn.MaxUnpool3d
 * @example
 * const x = tensor([[[[1, 2], [4, 3]], [[5, 8], [7, 6]]]]);
 * const [values, indices] = new MaxPool3dWithIndices({ kernelSize: 2 }).call(x);
 * new MaxUnpool3d({ kernelSize: 2 }).call(values, indices); // [[[[0, 0], [0, 0]], [[0, 8], [0, 0]]]]
 */
export class MaxUnpool3d extends Pooling<MaxUnpoolOptions<Extents3d>, UnpoolInputs> {
  forward(x: Tensor, indices: Tensor, outputSize?: readonly number[]): Tensor {
    return maxUnpool3d(x, indices, this.options.kernelSize, { ...this.options, outputSize });
  }
}
