import { type PaddingWidths, replicationPad, type Tensor } from "@isograd/autograd";
import { Padding, type Padding1d, type Padding2d, type Padding3d, type PaddingOptions } from "./padding.ts";

/**
 * Continues a sequence by its outermost elements.
 *
 * [batch, channels, length] -> [batch, channels, length'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ShapeError when called, if a spatial axis is empty
 * @see torch.nn.ReplicationPad1d
 * @example
 * new ReplicationPad1d({ padding: [[2, 1]] }).call(tensor([[1, 2, 3]])); // [[1, 1, 1, 2, 3, 3]]
 */
export class ReplicationPad1d extends Padding<Padding1d> {
  constructor(options: PaddingOptions<Padding1d>) {
    super("ReplicationPad1d", 1, options);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return replicationPad(x, widths);
  }
}

/**
 * Continues a image by its outermost elements.
 *
 * [batch, channels, height, width] -> [batch, channels, height', width'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ShapeError when called, if a spatial axis is empty
 * @see torch.nn.ReplicationPad2d
 * @example
 * new ReplicationPad2d({ padding: [[1, 0], [0, 1]] }).call(tensor([[[1, 2], [3, 4]]])); // [[[1, 2, 2], [1, 2, 2], [3, 4, 4]]]
 */
export class ReplicationPad2d extends Padding<Padding2d> {
  constructor(options: PaddingOptions<Padding2d>) {
    super("ReplicationPad2d", 2, options);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return replicationPad(x, widths);
  }
}

/**
 * Continues a volume by its outermost elements.
 *
 * [batch, channels, depth, height, width] -> [batch, channels, depth', height', width'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ShapeError when called, if a spatial axis is empty
 * @see torch.nn.ReplicationPad3d
 * @example
 * new ReplicationPad3d({ padding: 1 }).call(full([1, 2, 3, 4], 5)).shape; // [1, 4, 5, 6]
 */
export class ReplicationPad3d extends Padding<Padding3d> {
  constructor(options: PaddingOptions<Padding3d>) {
    super("ReplicationPad3d", 3, options);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return replicationPad(x, widths);
  }
}
