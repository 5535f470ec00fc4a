import { toFloating } from "../../dtype.ts";
import { oneAnInput } from "../../graph/flops.ts";
import { reduce, sumReduction } from "../../kernels/reduce.ts";
import { apply, defineOp } from "../../op.ts";
import { type Axes, normalizeAxes, reduceShape, type Shape, sameShape, sizeOf } from "../../shape.ts";
import type { ReducedShape } from "../../static-shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { div } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { expand, reshape } from "../movement/movement.ts";

export interface Reduced {
  /** Ascending, not negative. */
  readonly axes: readonly number[];
}

export interface ReduceOptions {
  /** Which axes; default all. A scalar may be addressed as a vector of one element. */
  readonly axis?: Axes;
  /** Keep the reduced axes with extent 1; default false. */
  readonly keepDims?: boolean;
}

// The ops keep the reduced axes with extent 1; dropping them is a reshape.

const sumOp: Op<Reduced> = /* @__PURE__ */ defineOp<Reduced>({
  name: "sum",
  shape: ([x], { axes }) => ({
    shape: reduceShape(x.shape, axes, true),
    dtype: x.dtype === "bool" ? "i32" : x.dtype,
  }),
  forward: ([x], { axes }, { dtype }) => reduce(x, axes, sumReduction, dtype),
  vjp: [(g, node) => expand(g, node.inputSignature(0).shape)],
  jvp: "linear",
  batch: (inputs, _, attributes) => apply(sumOp, inputs, behindExamples(attributes)),
  flops: oneAnInput,
});

/** The same axes where vmap has put the examples in front. */
export const behindExamples = ({ axes }: Reduced): Reduced => ({ axes: axes.map((axis) => axis + 1) });

/** Applies an op that reduces, and drops the reduced axes unless they are to be kept. */
export function reduced(op: Op<Reduced>, x: Tensor, { axis, keepDims = false }: ReduceOptions): Tensor {
  const axes = normalizeAxes(op.name, axis, x.rank);
  const result = apply(op, [x], { axes });
  return keepDims ? result : reshape(result, reduceShape(x.shape, axes, false));
}

/** The sum over some axes, or all; accumulated in double precision. @see torch.sum */
export function sum<S, const O extends ReduceOptions = object>(
  x: Tensor<S>,
  options?: O,
): Tensor<ReducedShape<S, O>>;
export function sum(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduced(sumOp, x, options);
}

/** Sums what broadcasting stretched, back to `shape`: the adjoint of `expand`. @see torch.Tensor.sum_to_size */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const shift = x.rank - shape.length;
  const axes: number[] = [];
  for (let axis = 0; axis < x.rank; axis++)
    if (axis < shift || (shape[axis - shift] === 1 && x.shape[axis] !== 1)) axes.push(axis);
  return reshape(apply(sumOp, [x], { axes }), shape);
}

/** How many elements each result of a reduction comes from. */
export function countOver(operation: string, x: Tensor, axis: Axes): number {
  return sizeOf(normalizeAxes(operation, axis, x.rank).map((k) => x.shape[k]));
}

/** The mean over some axes, or all; NaN where there is nothing to average. @see torch.mean */
export function mean<S, const O extends ReduceOptions = object>(
  x: Tensor<S>,
  options?: O,
): Tensor<ReducedShape<S, O>>;
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
  return div(sum(cast(x, toFloating(x.dtype)), options), countOver("mean", x, options.axis));
}
