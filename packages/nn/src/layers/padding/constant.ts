import { ArgumentError, type PaddingWidths, pad, type Tensor } from "@isograd/autograd";
import { Padding, type Padding1d, type Padding2d, type Padding3d, type PaddingOptions } from "./padding.ts";

export interface ConstantPadOptions<P> extends PaddingOptions<P> {
  /** What stands around the elements. */
  readonly value: number;
}

/**
 * A value around a sequence.
 *
 * [batch, channels, length] -> [batch, channels, length'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ArgumentError when called, if more is cut off than there is
 * @see torch.nn.ConstantPad1d
 * @example
 * new ConstantPad1d({ padding: 1, value: -1 }).call(tensor([[5, 6]])); // [[-1, 5, 6, -1]]
 */
export class ConstantPad1d extends Padding<Padding1d> {
  readonly value: number;

  constructor(options: ConstantPadOptions<Padding1d>) {
    super("ConstantPad1d", 1, options);
    this.value = checkValue("ConstantPad1d", options.value);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return pad(x, widths, this.value);
  }
}

/**
 * A value around a image.
 *
 * [batch, channels, height, width] -> [batch, channels, height', width'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ArgumentError when called, if more is cut off than there is
 * @see torch.nn.ConstantPad2d
 * @example
 * new ConstantPad2d({ padding: [[0, 1], [1, 0]], value: -1 }).call(tensor([[[5, 6]]])); // [[[-1, 5, 6], [-1, -1, -1]]]
 */
export class ConstantPad2d extends Padding<Padding2d> {
  readonly value: number;

  constructor(options: ConstantPadOptions<Padding2d>) {
    super("ConstantPad2d", 2, options);
    this.value = checkValue("ConstantPad2d", options.value);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return pad(x, widths, this.value);
  }
}

/**
 * A value around a volume.
 *
 * [batch, channels, depth, height, width] -> [batch, channels, depth', height', width'], or without batch.
 *
 * @throws ArgumentError unless the padding is one integer, or one pair for each spatial axis; ArgumentError when called, if more is cut off than there is
 * @see torch.nn.ConstantPad3d
 * @example
 * new ConstantPad3d({ padding: 1, value: -1 }).call(full([1, 2, 3, 4], 5)).shape; // [1, 4, 5, 6]
 */
export class ConstantPad3d extends Padding<Padding3d> {
  readonly value: number;

  constructor(options: ConstantPadOptions<Padding3d>) {
    super("ConstantPad3d", 3, options);
    this.value = checkValue("ConstantPad3d", options.value);
  }

  protected surround(x: Tensor, widths: PaddingWidths): Tensor {
    return pad(x, widths, this.value);
  }
}

function checkValue(layer: string, value: number): number {
  if (typeof value !== "number") throw new ArgumentError(layer, "expected a number as value", value);
  return value;
}
