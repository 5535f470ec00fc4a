import { maxPool2d, type Tensor } from "@isograd/autograd";
import { Module } from "../module/module.ts";

export interface MaxPool2dOptions {
  /** One number, or height and width. */
  readonly kernelSize: number | readonly [height: number, width: number];
  /** Default: the kernel's size. */
  readonly stride?: number | readonly [height: number, width: number];
  /** Default 0. */
  readonly padding?: number | readonly [height: number, width: number];
  /** Default 1. */
  readonly dilation?: number | readonly [height: number, width: number];
}

/**
 * The largest element of each window; the gradient goes to the first of equals.
 *
 * [batch, channels, height, width] -> [batch, channels, height', width'].
 *
 * @see torch.nn.MaxPool2d
 */
export class MaxPool2d extends Module {
  readonly options: MaxPool2dOptions;

  constructor(options: MaxPool2dOptions) {
    super();
    this.options = { ...options };
  }

  forward(x: Tensor): Tensor {
    return maxPool2d(x, this.options.kernelSize, this.options);
  }
}
