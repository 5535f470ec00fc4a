import { ShapeError } from "../../errors.ts";
import { searchRows } from "../../kernels/search.ts";
import { apply, defineOp } from "../../op.ts";
import { broadcastShapes } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { reshape } from "../movement/movement.ts";

/** Whole numbers carry no gradient, and a count does not move with the values: its true derivative is zero. */
const searchsortedOp = /* @__PURE__ */ defineOp<{ readonly right: boolean }>({
  name: "searchsorted",
  shape: ([rows, values]) => ({
    shape: [
      ...broadcastShapes(
        "searchsorted",
        [rows.shape.slice(0, -1), values.shape.slice(0, -1)],
        [rows.shape, values.shape],
      ),
      values.shape[values.shape.length - 1],
    ],
    dtype: "i32",
  }),
  forward: ([rows, values], { right }, { shape }) => searchRows(rows, values, shape, right),
  vjp: "zero",
  batch: "leading",
});

export interface SearchOptions {
  /** Whether a value goes behind those equal to it; default false, before them. */
  readonly right?: boolean;
}

/**
 * Where each value would be put to keep its row in order, as `i32`.
 *
 * @param sorted ascending along the last axis: [n] for all values, or [..., n] with [..., m] values
 * @returns the shape of `values`
 * @see torch.searchsorted
 * @example
 * searchsorted(tensor([1, 3, 5]), tensor([3, 4])); // [1, 2]
 * searchsorted(tensor([1, 3, 5]), tensor([3, 4]), { right: true }); // [2, 2]
 */
export function searchsorted(sorted: Tensor, values: Tensor, { right = false }: SearchOptions = {}): Tensor {
  if (sorted.rank === 0) throw new ShapeError("searchsorted", [sorted.shape], "expected [..., n]");
  const rows = sorted.rank === 1 ? reshape(values, [values.size]) : values;
  return reshape(apply(searchsortedOp, [sorted, rows], { right }), values.shape);
}

/**
 * The number of the bucket that each value falls into, between `boundaries` [n] that ascend, as `i32`: 0 below the first, n above the last.
 *
 * @see torch.bucketize
 * @example
 * bucketize(tensor([0, 2, 3, 9]), tensor([1, 3, 5])); // [0, 1, 1, 3]
 * bucketize(tensor([0, 2, 3, 9]), tensor([1, 3, 5]), { right: true }); // [0, 1, 2, 3]
 */
export function bucketize(values: Tensor, boundaries: Tensor, options: SearchOptions = {}): Tensor {
  if (boundaries.rank !== 1) throw new ShapeError("bucketize", [boundaries.shape], "expected boundaries [n]");
  return searchsorted(boundaries, values, options);
}
