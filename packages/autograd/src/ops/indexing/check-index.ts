import { ArgumentError, DtypeError, ShapeError } from "../../errors.ts";
import { everyValue } from "../../mapped.ts";
import type { Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add } from "../elementwise/arithmetic.ts";
import { lt, where } from "../elementwise/choice.ts";
import { alongAxis, expand } from "../movement/movement.ts";

/** @throws DtypeError unless the index is `i32`; ArgumentError if a position is not one from `lowest` to `extent` - 1 */
export function checkIndex(operation: string, index: Tensor, extent: number, lowest = 0): void {
  if (index.dtype !== "i32") throw new DtypeError(operation, [index.dtype], "expected an index of i32");
  const positions = everyValue(index);
  for (let k = 0; k < positions.length; k++) {
    if (positions[k] < lowest || positions[k] >= extent) {
      const rule =
        extent === 0 ? "expected no positions" : `expected positions from ${lowest} to ${extent - 1}`;
      throw new ArgumentError(operation, rule, positions[k]);
    }
  }
}

/** The index with negative positions counted from the end, after a check. */
export function countedFromStart(operation: string, index: Tensor, extent: number): Tensor {
  checkIndex(operation, index, extent, -extent);
  return everyValue(index).some((position) => position < 0)
    ? where(lt(index, 0), add(index, extent), index)
    : index;
}

/** An index that picks along `axis` of a tensor of this shape, element by element. @throws ShapeError, DtypeError or ArgumentError */
export function checkIndexAlong(operation: string, shape: Shape, axis: number, index: Tensor): void {
  if (index.rank !== shape.length || index.shape.some((extent, k) => k !== axis && extent > shape[k])) {
    throw new ShapeError(
      operation,
      [shape, index.shape],
      `expected an index of the same rank, not larger but along axis ${axis}`,
    );
  }
  checkIndex(operation, index, shape[axis]);
}

/** An index [n] of whole slices, checked, and stretched to one of elements: [n] at `axis`, and the shape otherwise. */
export function sliceIndex(operation: string, shape: Shape, axis: number, index: Tensor): Tensor {
  if (index.rank !== 1) throw new ShapeError(operation, [shape, index.shape], "expected an index of rank 1");
  checkIndex(operation, index, shape[axis]);
  return overSlices(shape, axis, index);
}

/** `sliceIndex`, for an index that was checked. */
export function overSlices(shape: Shape, axis: number, index: Tensor): Tensor {
  const [count] = index.shape;
  return expand(
    alongAxis(index, axis, shape.length),
    shape.map((extent, k) => (k === axis ? count : extent)),
  );
}
