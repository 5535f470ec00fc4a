import { oneAnInput } from "../../graph/flops.ts";
import { argMaximum } from "../../kernels/reduce.ts";
import { apply, defineOp } from "../../op.ts";
import { reduceShape } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { checkNotEmpty, type KeepDims, type Picked, pickAt, withAxis, withoutAxis } from "./axis.ts";

interface Along {
  readonly axis: number;
}

/** Whole numbers carry no gradient, and a position does not move with the values: its true derivative is zero. */
const argOp = (name: string, direction: 1 | -1): Op<Along> => {
  const op: Op<Along> = defineOp<Along>({
    name,
    shape: ([x], { axis }) => {
      checkNotEmpty(name, x, axis);
      return { shape: reduceShape(x.shape, [axis], true), dtype: "i32" };
    },
    forward: ([x], { axis }) => argMaximum(x, axis, direction),
    vjp: "zero",
    batch: (inputs, _, { axis }) => apply(op, inputs, { axis: axis + 1 }),
    flops: oneAnInput,
  });
  return op;
};

const argmaxOp = /* @__PURE__ */ argOp("argmax", 1);
const argminOp = /* @__PURE__ */ argOp("argmin", -1);

function position(op: Op<Along>, x: Tensor, axis: number, options: KeepDims): Tensor {
  const [lanes, at] = withAxis(op.name, x, axis);
  return withoutAxis(apply(op, [lanes], { axis: at }), x, at, options);
}

function pick(op: Op<Along>, x: Tensor, axis: number, options: KeepDims): Picked {
  const [lanes, at] = withAxis(op.name, x, axis);
  return pickAt(x, lanes, at, apply(op, [lanes], { axis: at }), options);
}

/**
 * The position of the largest element along `axis`, the first of equals, as `i32` without the axis; that of a NaN if there is one.
 *
 * @throws ShapeError if there is no element
 * @see torch.argmax
 * @example
 * argmax(tensor([[1, 3, 3], [9, 0, 0]])); // [1, 0]
 */
export function argmax(x: Tensor, axis = -1, options: KeepDims = {}): Tensor {
  return position(argmaxOp, x, axis, options);
}

/**
 * The position of the smallest element along `axis`, the first of equals, as `i32` without the axis; that of a NaN if there is one.
 *
 * @throws ShapeError if there is no element
 * @see torch.argmin
 * @example
 * argmin(tensor([[1, 3, 1], [9, 0, 0]])); // [0, 1]
 */
export function argmin(x: Tensor, axis = -1, options: KeepDims = {}): Tensor {
  return position(argminOp, x, axis, options);
}

/**
 * The largest element along `axis` and its position; of equals the first, to which alone the gradient goes.
 *
 * @throws ShapeError if there is no element
 * @see torch.max with a dim
 * @example
 * maxAlong(tensor([[1, 3, 3], [9, 0, 0]])); // { values: [3, 9], indices: [1, 0] }
 * grad((x) => maxAlong(x).values)(tensor([1, 3, 3])); // [0, 1, 0]
 */
export function maxAlong(x: Tensor, axis = -1, options: KeepDims = {}): Picked {
  return pick(argmaxOp, x, axis, options);
}

/**
 * The smallest element along `axis` and its position; of equals the first, to which alone the gradient goes.
 *
 * @throws ShapeError if there is no element
 * @see torch.min with a dim
 * @example
 * minAlong(tensor([[1, 3, 1], [9, 0, 0]])); // { values: [1, 0], indices: [0, 1] }
 * grad((x) => minAlong(x).values)(tensor([1, 3, 1])); // [1, 0, 0]
 */
export function minAlong(x: Tensor, axis = -1, options: KeepDims = {}): Picked {
  return pick(argminOp, x, axis, options);
}
