import { ArgumentError } from "../../errors.ts";
import { oneAnInput } from "../../graph/flops.ts";
import { argMode } from "../../kernels/sort.ts";
import { apply, defineOp } from "../../op.ts";
import { reduceShape } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { gatherFrom } from "../indexing/gather.ts";
import { reshape } from "../movement/movement.ts";
import { slice } from "../movement/slice.ts";
import { checkNotEmpty, type KeepDims, type Picked, pickAt, withAxis } from "./axis.ts";
import { firstInOrder } from "./sort.ts";

export interface TopkOptions {
  /** The largest (default) or the smallest. */
  readonly largest?: boolean;
}

/**
 * The `k` largest elements along `axis` and their positions, the largest first; or the smallest, the smallest first.
 *
 * @throws ArgumentError unless `k` is an integer from 0 to the extent
 * @see torch.topk with sorted=True
 * @example
 * topk(tensor([1, 4, 2, 3]), 2); // { values: [4, 3], indices: [1, 3] }
 * topk(tensor([1, 4, 2, 3]), 2, -1, { largest: false }); // { values: [1, 2], indices: [0, 2] }
 */
export function topk(x: Tensor, k: number, axis = -1, { largest = true }: TopkOptions = {}): Picked {
  const [lanes, at] = withAxis("topk", x, axis);
  checkRank("topk", k, 0, lanes.shape[at]);
  const index = firstInOrder(lanes, at, k, largest);
  const values = gatherFrom(lanes, at, index);
  const shape = x.rank === 0 && k === 1 ? [] : values.shape;
  return { values: reshape(values, shape), indices: reshape(index, shape) };
}

function checkRank(operation: string, k: number, least: number, extent: number): void {
  if (!Number.isInteger(k) || k < least || k > extent)
    throw new ArgumentError(operation, `expected an integer from ${least} to ${extent}`, k);
}

/**
 * The `k`-th smallest element along `axis`, counted from 1, and its position; NaN is the largest.
 *
 * @throws ArgumentError unless `k` is an integer from 1 to the extent
 * @see torch.kthvalue
 * @example
 * kthvalue(tensor([5, 1, 3]), 2); // { values: 3, indices: 2 }
 */
export function kthvalue(x: Tensor, k: number, axis = -1, options: KeepDims = {}): Picked {
  const [lanes, at] = withAxis("kthvalue", x, axis);
  checkRank("kthvalue", k, 1, lanes.shape[at]);
  return pickAt(x, lanes, at, slice(firstInOrder(lanes, at, k, false), at, { start: k - 1 }), options);
}

const modeOp: Op<{ readonly axis: number }> = /* @__PURE__ */ defineOp<{ readonly axis: number }>({
  name: "mode",
  shape: ([x], { axis }) => ({ shape: reduceShape(x.shape, [axis], true), dtype: "i32" }),
  forward: ([x], { axis }) => argMode(x, axis),
  vjp: "zero",
  batch: (inputs, _, { axis }) => apply(modeOp, inputs, { axis: axis + 1 }),
  flops: oneAnInput,
});

/**
 * The value that is most frequent along `axis`, the smallest of several, and its last position.
 *
 * @throws ShapeError if there is no element
 * @see torch.mode
 * @example
 * mode(tensor([1, 2, 2, 1, 3])); // { values: 1, indices: 3 }
 */
export function mode(x: Tensor, axis = -1, options: KeepDims = {}): Picked {
  const [lanes, at] = withAxis("mode", x, axis);
  checkNotEmpty("mode", lanes, at);
  return pickAt(x, lanes, at, apply(modeOp, [lanes], { axis: at }), options);
}
