import { circularPad, type PaddingWidths, type Tensor } from "@isograd/autograd";
import { Padding, type Padding1d, type Padding2d, type Padding3d, type PaddingOptions } from "./padding.ts";

/**
 * Continues a sequence by its other end.
 *
 * [batch, channels, length] -> [batch, channels, length'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ShapeError when called, if a width is too large
 * @see torch.nn.CircularPad1d
 * @example
 * new CircularPad1d({ padding: [[2, 1]] }).call(tensor([[1, 2, 3]])); // [[2, 3, 1, 2, 3, 1]]
 */
export class CircularPad1d extends Padding<Padding1d> {
  constructor(options: PaddingOptions<Padding1d>) {
    super("CircularPad1d", 1, options);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return circularPad(x, widths);
  }
}

/**
 * Continues a image by its other end.
 *
 * [batch, channels, height, width] -> [batch, channels, height', width'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ShapeError when called, if a width is too large
 * @see torch.nn.CircularPad2d
 * @example
 * new CircularPad2d({ padding: [[0, 0], [1, 2]] }).call(tensor([[[1, 2, 3]]])); // [[[3, 1, 2, 3, 1, 2]]]
 */
export class CircularPad2d extends Padding<Padding2d> {
  constructor(options: PaddingOptions<Padding2d>) {
    super("CircularPad2d", 2, options);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return circularPad(x, widths);
  }
}

/**
 * Continues a volume by its other end.
 *
 * [batch, channels, depth, height, width] -> [batch, channels, depth', height', width'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ShapeError when called, if a width is too large
 * @see torch.nn.CircularPad3d
 * @example
 * new CircularPad3d({ padding: 1 }).call(full([1, 2, 3, 4], 5)).shape; // [1, 4, 5, 6]
 */
export class CircularPad3d extends Padding<Padding3d> {
  constructor(options: PaddingOptions<Padding3d>) {
    super("CircularPad3d", 3, options);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return circularPad(x, widths);
  }
}
