import type { Tensor } from "../../tensor.ts";
import { diagonal } from "../movement/diagonal.ts";
import { select } from "../movement/select.ts";
import { type Range, slice } from "../movement/slice.ts";
import { checkSource } from "./check-source.ts";
import { positionsIn, putAt } from "./take.ts";

/** `x` with the elements that `view` shows replaced: the view of their positions says where they lie. */
function putIntoView(operation: string, x: Tensor, source: Tensor, view: (x: Tensor) => Tensor): Tensor {
  const positions = view(positionsIn(x.shape));
  checkSource(operation, x, source, positions.shape, "view");
  return putAt(x, positions, source);
}

/**
 * `x` with one position of `axis` replaced.
 *
 * @throws ShapeError unless the source has the shape without it
 * @see torch.select_scatter
 * @example
 * selectScatter(zeros([2, 3]), tensor([1, 2, 3]), 0, 1); // [[0, 0, 0], [1, 2, 3]]
 */
export function selectScatter(x: Tensor, source: Tensor, axis: number, position: number): Tensor {
  return putIntoView("selectScatter", x, source, (view) => select(view, axis, position));
}

/**
 * `x` with a range of `axis` replaced.
 *
 * @throws ShapeError unless the source has the shape of the slice
 * @see torch.slice_scatter
 * @example
 * sliceScatter(zeros([2, 3]), ones([2, 2]), 1, { start: 1 }); // [[0, 1, 1], [0, 1, 1]]
 */
export function sliceScatter(x: Tensor, source: Tensor, axis = 0, range: Range = {}): Tensor {
  return putIntoView("sliceScatter", x, source, (view) => slice(view, axis, range));
}

/**
 * `x` with a diagonal replaced, as `diagonal` reads it.
 *
 * @throws ShapeError unless the source has its shape
 * @see torch.diagonal_scatter
 * @example
 * diagonalScatter(zeros([2, 2]), tensor([1, 2])); // [[1, 0], [0, 2]]
 */
export function diagonalScatter(x: Tensor, source: Tensor, offset = 0, first = 0, second = 1): Tensor {
  return putIntoView("diagonalScatter", x, source, (view) => diagonal(view, offset, first, second));
}
