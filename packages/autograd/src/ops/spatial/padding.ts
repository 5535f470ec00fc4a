import { ArgumentError, ShapeError } from "../../errors.ts";
import { sparseMatrix } from "../../kernels/sparse-along.ts";
import type { Tensor } from "../../tensor.ts";
import { resample } from "./resample.ts";

/** For each axis, how many elements are added before and after; negative: cut off. */
export type PaddingWidths = readonly (readonly [before: number, after: number])[];

/** Where the element at `position`, counted from the input's first, comes from. */
type Source = (position: number, extent: number, width: readonly [number, number]) => number;

function padded(
  operation: string,
  x: Tensor,
  widths: PaddingWidths,
  most: (extent: number, width: readonly [number, number]) => number,
  rule: string,
  source: Source,
): Tensor {
  if (widths.length !== x.rank || !widths.flat().every(Number.isInteger))
    throw new ArgumentError(operation, `expected ${x.rank} pairs of integers`, widths);
  let result = x;
  widths.forEach((width, axis) => {
    const [before, after] = width;
    if (before === 0 && after === 0) return;
    const extent = x.shape[axis];
    const length = extent + before + after;
    if (Math.max(before, after) > most(extent, width) || length < 0)
      throw new ShapeError(
        operation,
        [x.shape],
        `expected ${rule}, not [${before}, ${after}] at axis ${axis}`,
      );
    const rows = Array.from({ length }, (_, i) => [[source(i - before, extent, width), 1] as const]);
    result = resample(result, axis, sparseMatrix(extent, rows));
  });
  return result;
}

/**
 * Continues each axis by its mirror image at the outermost element, which is not repeated.
 *
 * @param widths one pair an axis, less than its extent; negative: cut off
 * @throws ArgumentError unless there is one pair of integers an axis; ShapeError if a width is too large
 * @see torch.nn.ReflectionPad2d
 * @example
 * reflectionPad(tensor([1, 2, 3]), [[1, 2]]); // [2, 1, 2, 3, 2, 1]
 */
export function reflectionPad(x: Tensor, widths: PaddingWidths): Tensor {
  return padded(
    "reflectionPad",
    x,
    widths,
    (extent) => extent - 1,
    "widths less than the extent",
    (position, extent) => {
      const inside = Math.abs(position);
      return inside < extent ? inside : 2 * (extent - 1) - inside;
    },
  );
}

/**
 * Continues each axis by its outermost elements.
 *
 * @param widths one pair an axis; negative: cut off
 * @throws ArgumentError unless there is one pair of integers an axis; ShapeError if the axis is empty, or is cut to less than nothing
 * @see torch.nn.ReplicationPad2d
 * @example
 * replicationPad(tensor([1, 2, 3]), [[1, 2]]); // [1, 1, 2, 3, 3, 3]
 */
export function replicationPad(x: Tensor, widths: PaddingWidths): Tensor {
  return padded(
    "replicationPad",
    x,
    widths,
    (extent) => (extent === 0 ? 0 : Infinity),
    "an axis that has an outermost element",
    (position, extent) => Math.min(Math.max(position, 0), extent - 1),
  );
}

/**
 * Continues each axis from its other end.
 *
 * @param widths one pair an axis, not more than its extent; negative: cut off first
 * @throws ArgumentError unless there is one pair of integers an axis; ShapeError if a width is too large
 * @see torch.nn.CircularPad2d
 * @example
 * circularPad(tensor([1, 2, 3]), [[1, 2]]); // [3, 1, 2, 3, 1, 2]
 */
export function circularPad(x: Tensor, widths: PaddingWidths): Tensor {
  const cut = ([before, after]: readonly [number, number]): [first: number, less: number] => {
    const first = Math.max(0, -before);
    return [first, first + Math.max(0, -after)];
  };
  return padded(
    "circularPad",
    x,
    widths,
    (extent, width) => extent - cut(width)[1],
    "widths that wrap around once at most",
    (position, extent, width) => {
      const [first, less] = cut(width);
      const round = extent - less;
      return first + ((position - first + round) % round);
    },
  );
}
