import { type LocalResponseNormOptions, localResponseNorm, type Tensor } from "@isograd/autograd";
import { Module } from "../../module/module.ts";
import { checkExtent } from "../extent.ts";

export interface LocalResponseNormLayerOptions extends LocalResponseNormOptions {
  /** How many neighbouring channels count. */
  readonly size: number;
}

/**
 * Divides each element by (k + alpha · mean of the squares of neighbouring channels)^beta.
 *
 * [batch, channels, ...] -> the same.
 *
 * @throws ArgumentError unless the size is a positive integer; ShapeError when called, below rank 3
 * @see Krizhevsky, Sutskever, Hinton 2012, "ImageNet classification with deep convolutional neural networks"; torch.nn.LocalResponseNorm
 * @example
 * new LocalResponseNorm({ size: 1, alpha: 3, beta: 1, k: 1 }).call(tensor([[[1, 2]]])); // [[[0.25, 0.1538]]]
 */
export class LocalResponseNorm extends Module {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;

  constructor({ size, alpha = 1e-4, beta = 0.75, k = 1 }: LocalResponseNormLayerOptions) {
    super();
    this.size = checkExtent("LocalResponseNorm", "size", size);
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }

  forward(x: Tensor): Tensor {
    const { size, alpha, beta, k } = this;
    return localResponseNorm(x, size, { alpha, beta, k });
  }
}
