import { lpPool1d, lpPool2d, type Tensor } from "@isograd/autograd";
import type { Extents, Extents1d, Extents2d } from "../extent.ts";
import { Pooling, type PoolOptions } from "./pooling.ts";

export interface LPPoolOptions<E extends Extents> extends Omit<PoolOptions<E>, "padding"> {
  /** The power p. */
  readonly normType: number;
}

/**
 * (Σ xᵖ)^(1/p) over each window of a sequence: without absolute values, as PyTorch's.
 *
 * [batch, channels, length] -> [batch, channels, length'], or without batch.
 *
 * @throws ShapeError when called, if there is no window; ArgumentError when called, if an option is out of range
 * @see torch.nn.LPPool1d
 * @example
 * new LPPool1d({ normType: 2, kernelSize: 2 }).call(tensor([[3, 4, 0, 5]])); // [[5, 5]]
 */
export class LPPool1d extends Pooling<LPPoolOptions<Extents1d>> {
  forward(x: Tensor): Tensor {
    return lpPool1d(x, this.options.normType, this.options.kernelSize, this.options);
  }
}

/**
 * (Σ xᵖ)^(1/p) over each window of a image: without absolute values, as PyTorch's.
 *
 * [batch, channels, height, width] -> [batch, channels, height', width'], or without batch.
 *
 * @throws ShapeError when called, if there is no window; ArgumentError when called, if an option is out of range
 * @see torch.nn.LPPool2d
 * @example
 * new LPPool2d({ normType: 2, kernelSize: 2 }).call(tensor([[[1, 1], [1, 1]]])); // [[[2]]]
 */
export class LPPool2d extends Pooling<LPPoolOptions<Extents2d>> {
  forward(x: Tensor): Tensor {
    return lpPool2d(x, this.options.normType, this.options.kernelSize, this.options);
  }
}
