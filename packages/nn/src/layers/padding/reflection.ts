import { type PaddingWidths, reflectionPad, type Tensor } from "@isograd/autograd";
import { Padding, type Padding1d, type Padding2d, type Padding3d, type PaddingOptions } from "./padding.ts";

/**
 * Continues a sequence by its mirror image at the outermost element, which is not repeated.
 *
 * [batch, channels, length] -> [batch, channels, length'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ShapeError when called, if a width is too large
 * @see torch.nn.ReflectionPad1d
 * @example
 * new ReflectionPad1d({ padding: [[2, 1]] }).call(tensor([[1, 2, 3]])); // [[3, 2, 1, 2, 3, 2]]
 */
export class ReflectionPad1d extends Padding<Padding1d> {
  constructor(options: PaddingOptions<Padding1d>) {
    super("ReflectionPad1d", 1, options);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return reflectionPad(x, widths);
  }
}

/**
 * Continues a image by its mirror image at the outermost element, which is not repeated.
 *
 * [batch, channels, height, width] -> [batch, channels, height', width'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ShapeError when called, if a width is too large
 * @see torch.nn.ReflectionPad2d
 * @example
 * new ReflectionPad2d({ padding: [[1, 0], [0, 1]] }).call(tensor([[[1, 2], [3, 4]]])); // [[[3, 4, 3], [1, 2, 1], [3, 4, 3]]]
 */
export class ReflectionPad2d extends Padding<Padding2d> {
  constructor(options: PaddingOptions<Padding2d>) {
    super("ReflectionPad2d", 2, options);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return reflectionPad(x, widths);
  }
}

/**
 * Continues a volume by its mirror image at the outermost element, which is not repeated.
 *
 * [batch, channels, depth, height, width] -> [batch, channels, depth', height', width'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ShapeError when called, if a width is too large
 * @see torch.nn.ReflectionPad3d
 * @example
 * new ReflectionPad3d({ padding: 1 }).call(full([1, 2, 3, 4], 5)).shape; // [1, 4, 5, 6]
 */
export class ReflectionPad3d extends Padding<Padding3d> {
  constructor(options: PaddingOptions<Padding3d>) {
    super("ReflectionPad3d", 3, options);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return reflectionPad(x, widths);
  }
}
