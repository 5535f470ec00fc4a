import { type PaddingWidths, pad, type Tensor } from "@isograd/autograd";
import { Padding, type Padding1d, type Padding2d, type Padding3d, type PaddingOptions } from "./padding.ts";

/**
 * Zeros around a sequence.
 *
 * [batch, channels, length] -> [batch, channels, length'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ArgumentError when called, if more is cut off than there is
 * @see torch.nn.ZeroPad1d
 * @example
 * new ZeroPad1d({ padding: [[2, 1]] }).call(tensor([[5, 6]])); // [[0, 0, 5, 6, 0]]
 */
export class ZeroPad1d extends Padding<Padding1d> {
  constructor(options: PaddingOptions<Padding1d>) {
    super("ZeroPad1d", 1, options);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return pad(x, widths);
  }
}

/**
 * Zeros around a image.
 *
 * [batch, channels, height, width] -> [batch, channels, height', width'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ArgumentError when called, if more is cut off than there is
 * @see torch.nn.ZeroPad2d
 * @example
 * new ZeroPad2d({ padding: [[1, 0], [0, 2]] }).call(tensor([[[5]]])); // [[[0, 0, 0], [5, 0, 0]]]
 */
export class ZeroPad2d extends Padding<Padding2d> {
  constructor(options: PaddingOptions<Padding2d>) {
    super("ZeroPad2d", 2, options);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return pad(x, widths);
  }
}

/**
 * Zeros around a volume.
 *
 * [batch, channels, depth, height, width] -> [batch, channels, depth', height', width'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ArgumentError when called, if more is cut off than there is
 * @see torch.nn.ZeroPad3d
 * @example
 * new ZeroPad3d({ padding: 1 }).call(full([1, 2, 3, 4], 5)).shape; // [1, 4, 5, 6]
 */
export class ZeroPad3d extends Padding<Padding3d> {
  constructor(options: PaddingOptions<Padding3d>) {
    super("ZeroPad3d", 3, options);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return pad(x, widths);
  }
}
