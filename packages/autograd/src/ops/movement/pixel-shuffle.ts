import { ArgumentError, ShapeError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { permute, reshape } from "./movement.ts";

function planes(operation: string, x: Tensor, factor: number): readonly [number, number, number] {
  if (!Number.isInteger(factor) || factor < 1)
    throw new ArgumentError(operation, "expected a positive integer factor", factor);
  if (x.rank < 3) throw new ShapeError(operation, [x.shape], "expected [..., channels, height, width]");
  const [channels, height, width] = x.shape.slice(-3);
  return [channels, height, width];
}

/** The axes before the last `count` stay; of those the order is given, counted from the first of them. */
const reorder = (x: Tensor, count: number, order: readonly number[]): Tensor => {
  const kept = x.rank - count;
  return permute(x, [...x.shape.slice(0, kept).keys(), ...order.map((axis) => kept + axis)]);
};

/**
 * Channels to finer pixels: [..., c · r², h, w] to [..., c, h · r, w · r].
 *
 * @throws ShapeError unless r² divides the channels
 * @see torch.nn.functional.pixel_shuffle
 * @example
 * pixelShuffle(tensor([[[1]], [[2]], [[3]], [[4]]]), 2); // [[[1, 2], [3, 4]]]
 */
export function pixelShuffle(x: Tensor, factor: number): Tensor {
  const [channels, height, width] = planes("pixelShuffle", x, factor);
  const left = channels / factor ** 2;
  if (!Number.isInteger(left))
    throw new ShapeError("pixelShuffle", [x.shape], `expected channels that ${factor ** 2} divides`);
  const before = x.shape.slice(0, -3);
  const apart = reshape(x, [...before, left, factor, factor, height, width]);
  return reshape(reorder(apart, 5, [0, 3, 1, 4, 2]), [...before, left, height * factor, width * factor]);
}

/**
 * Pixels to channels: [..., c, h · r, w · r] to [..., c · r², h, w].
 *
 * @throws ShapeError unless r divides height and width
 * @see torch.nn.functional.pixel_unshuffle
 * @example
 * pixelUnshuffle(tensor([[[1, 2], [3, 4]]]), 2); // [[[1]], [[2]], [[3]], [[4]]]
 */
export function pixelUnshuffle(x: Tensor, factor: number): Tensor {
  const [channels, height, width] = planes("pixelUnshuffle", x, factor);
  if (height % factor !== 0 || width % factor !== 0)
    throw new ShapeError("pixelUnshuffle", [x.shape], `expected a height and a width that ${factor} divides`);
  const before = x.shape.slice(0, -3);
  const [rows, columns] = [height / factor, width / factor];
  const apart = reshape(x, [...before, channels, rows, factor, columns, factor]);
  return reshape(reorder(apart, 5, [0, 2, 4, 1, 3]), [...before, channels * factor ** 2, rows, columns]);
}
