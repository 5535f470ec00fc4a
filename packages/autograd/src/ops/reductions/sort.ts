import { argSort } from "../../kernels/sort.ts";
import { apply, defineOp } from "../../op.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { gatherFrom } from "../indexing/gather.ts";
import { reshape } from "../movement/movement.ts";
import { type Picked, withAxis } from "./axis.ts";

interface Order {
  readonly axis: number;
  readonly descending: boolean;
  /** How many of the first are wanted. */
  readonly count: number;
}

/** The order does not move with the values: its true derivative is zero. What is picked by it has the derivative of `gather`. */
const argsortOp: Op<Order> = /* @__PURE__ */ defineOp<Order>({
  name: "argsort",
  shape: ([x], { axis, count }) => ({
    shape: x.shape.map((extent, k) => (k === axis ? count : extent)),
    dtype: "i32",
  }),
  forward: ([x], { axis, descending, count }) => argSort(x, axis, descending, count),
  vjp: "zero",
  batch: (inputs, _, order) => apply(argsortOp, inputs, { ...order, axis: order.axis + 1 }),
});

/** The positions of the first `count` elements in order, along an axis that is there. */
export function firstInOrder(lanes: Tensor, axis: number, count: number, descending: boolean): Tensor {
  return apply(argsortOp, [lanes], { axis, descending, count });
}

export interface SortOptions {
  /** The largest first; default false. */
  readonly descending?: boolean;
}

/**
 * The positions along `axis` in the order of the elements, as `i32`; equal ones as they stand, NaN as the largest.
 *
 * @see torch.argsort
 * @example
 * argsort(tensor([3, 1, 2])); // [1, 2, 0]
 * argsort(tensor([3, 1, 2]), -1, { descending: true }); // [0, 2, 1]
 */
export function argsort(x: Tensor, axis = -1, { descending = false }: SortOptions = {}): Tensor {
  const [lanes, at] = withAxis("argsort", x, axis);
  return reshape(firstInOrder(lanes, at, lanes.shape[at], descending), x.shape);
}

/**
 * The elements along `axis` in ascending order, and their positions; equal ones stay as they stand, NaN is the largest.
 *
 * @see torch.sort with stable=True
 * @example
 * sort(tensor([3, NaN, 1, 2])); // { values: [1, 2, 3, NaN], indices: [2, 3, 0, 1] }
 * sort(tensor([3, 1, 2]), -1, { descending: true }); // { values: [3, 2, 1], indices: [0, 2, 1] }
 */
export function sort(x: Tensor, axis = -1, options: SortOptions = {}): Picked {
  const [lanes, at] = withAxis("sort", x, axis);
  const index = argsort(lanes, at, options);
  return { values: reshape(gatherFrom(lanes, at, index), x.shape), indices: reshape(index, x.shape) };
}

/**
 * The elements sorted along the first axis.
 *
 * @see torch.msort
 * @example
 * msort(tensor([[3, 1], [2, 4]])); // [[2, 1], [3, 4]]
 */
export function msort(x: Tensor): Tensor {
  return sort(x, 0).values;
}
