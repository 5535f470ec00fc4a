import { col2im, im2col, type Tensor } from "@isograd/autograd";
import { Module } from "../../module/module.ts";
import type { Extents2d } from "../extent.ts";

export interface UnfoldOptions {
  /** One number, or height and width. */
  readonly kernelSize: Extents2d;
  /** Default 1. */
  readonly stride?: Extents2d;
  /** Zeros on both sides; default 0. */
  readonly padding?: Extents2d;
  /** Default 1. */
  readonly dilation?: Extents2d;
}

export interface FoldLayerOptions extends UnfoldOptions {
  /** The extents of the image that the windows come from. */
  readonly outputSize: Extents2d;
}

/**
 * The windows of images as columns: [batch, channels, height, width] -> [batch, channels × size of the kernel, windows], or without batch.
 *
 * @throws ShapeError when called, if no window fits; ArgumentError when called, if an option is out of range
 * @see torch.nn.Unfold
 * @example
 * new Unfold({ kernelSize: 2 }).call(tensor([[[[1, 2, 3], [4, 5, 6]]]])); // [[[1, 2], [2, 3], [4, 5], [5, 6]]]
 */
export class Unfold extends Module {
  readonly options: UnfoldOptions;

  constructor(options: UnfoldOptions) {
    super();
    this.options = { ...options };
  }

  forward(x: Tensor): Tensor {
    return im2col(x, this.options.kernelSize, this.options);
  }
}

/**
 * Adds columns up to images where their windows overlap: [batch, channels × size of the kernel, windows] -> [batch, channels, ...outputSize], or
 * without batch; the adjoint of `Unfold`.
 *
 * @throws ShapeError when called, if the columns are not the windows of such an image; ArgumentError when called, if an option is out of range
 * @see torch.nn.Fold
 * @example
 * const columns = tensor([[[1, 2], [2, 3], [4, 5], [5, 6]]]);
 * new Fold({ outputSize: [2, 3], kernelSize: 2 }).call(columns); // [[[[1, 4, 3], [4, 10, 6]]]]
 */
export class Fold extends Module {
  readonly options: FoldLayerOptions;

  constructor(options: FoldLayerOptions) {
    super();
    this.options = { ...options };
  }

  forward(x: Tensor): Tensor {
    return col2im(x, this.options.outputSize, this.options.kernelSize, this.options);
  }
}
