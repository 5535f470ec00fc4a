import { ShapeError } from "../../errors.ts";
import { normalizeAxis, reduceShape } from "../../shape.ts";
import type { Signature, Tensor } from "../../tensor.ts";
import { gatherFrom } from "../indexing/gather.ts";
import { reshape } from "../movement/movement.ts";

/** An axis counted from the front, and the operand; a scalar as the vector of one element that it may be addressed as. */
export function withAxis(operation: string, x: Tensor, axis: number): [x: Tensor, axis: number] {
  const at = normalizeAxis(operation, axis, Math.max(x.rank, 1));
  return [x.rank === 0 ? reshape(x, [1]) : x, at];
}

/** Values picked along an axis, and the positions that they were found at. */
export interface Picked {
  /** Differentiable: the gradient goes to the positions that were picked. */
  readonly values: Tensor;
  /** `i32`, of the shape of `values`. */
  readonly indices: Tensor;
}

export interface KeepDims {
  /** Keep the axis with extent 1; default false. */
  readonly keepDims?: boolean;
}

/** A result with extent 1 at the axis, in the shape that the caller asked for. */
export function withoutAxis(
  result: Tensor,
  like: Tensor,
  axis: number,
  { keepDims = false }: KeepDims,
): Tensor {
  return reshape(result, reduceShape(like.shape, [axis], keepDims));
}

/**
 * Picks along an axis at the positions in `index`, of extent 1 there, which are known to be in range.
 *
 * @param x     the operand as it came
 * @param lanes the same with an axis, where it came as a scalar
 */
export function pickAt(x: Tensor, lanes: Tensor, axis: number, index: Tensor, options: KeepDims): Picked {
  return {
    values: withoutAxis(gatherFrom(lanes, axis, index), x, axis, options),
    indices: withoutAxis(index, x, axis, options),
  };
}

/** @throws ShapeError if there is no element along the axis */
export function checkNotEmpty(operation: string, x: Signature, axis: number): void {
  if (x.shape[axis] === 0)
    throw new ShapeError(operation, [x.shape], `expected at least one element along axis ${axis}`);
}
