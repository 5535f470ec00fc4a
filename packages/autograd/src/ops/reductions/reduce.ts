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

interface Summed extends Reduced {
  readonly keepDims: boolean;
}

const sumOp: Op<Summed> = /* @__PURE__ */ defineOp<Summed>({
  name: "sum",
  shape: ([x], { axes, keepDims }) => ({
    shape: reduceShape(x.shape, axes, keepDims),
    dtype: x.dtype === "bool" ? "i32" : x.dtype,
  }),
  forward: ([x], { axes }, { dtype }) => reduce(x, axes, sumReduction, dtype),
  vjp: [
    (g, node) => {
      const { axes, keepDims } = node.attributes;
      const { shape } = node.inputSignature(0);
      // Where the first axes were dropped, broadcasting finds its way back.
      const isReady = keepDims || axes.every((axis, k) => axis === k);
      return expand(isReady ? g : reshape(g, reduceShape(shape, axes, true)), shape);
    },
  ],
  jvp: "linear",
  batch: (inputs, _, { axes, keepDims }) =>
    apply(sumOp, inputs, { axes: axes.map((axis) => axis + 1), keepDims }),
  flops: oneAnInput,
});

/** The same axes where vmap has put the examples in front. */
export const behindExamples = ({ axes }: Reduced): Reduced => ({ axes: axes.map((axis) => axis + 1) });

/** Applies an op that keeps the axes that it reduces, with extent 1, and drops them unless they are to be kept. */
export function reduced(op: Op<Reduced>, x: Tensor, { axis, keepDims = false }: ReduceOptions): Tensor {
  const axes = normalizeAxes(op.name, axis, x.rank);
  const result = apply(op, [x], { axes });
  return keepDims ? result : reshape(result, reduceShape(x.shape, axes, false));
}

/**
 * The sum over some axes, or all; accumulated in double precision.
 *
 * @see torch.sum
 * @example
 * sum(tensor([[1, 2], [3, 4]])); // 10
 * sum(tensor([[1, 2], [3, 4]]), { axis: 1 }); // [3, 7]
 * sum(tensor([[1, 2], [3, 4]]), { axis: 1, keepDims: true }); // [[3], [7]]
 */
export function sum<S, const O extends ReduceOptions = object>(
  x: Tensor<S>,
  options?: O,
): Tensor<ReducedShape<S, O>>;
export function sum(x: Tensor, options: ReduceOptions = {}): Tensor {
  const { axis, keepDims = false } = options;
  return apply(sumOp, [x], { axes: normalizeAxes("sum", axis, x.rank), keepDims });
}

/**
 * Sums what broadcasting stretched, back to `shape`: the adjoint of `expand`.
 *
 * @see torch.Tensor.sum_to_size
 * @example
 * sumTo(tensor([[1, 2], [3, 4]]), [2, 1]); // [[3], [7]]
 * sumTo(tensor([[1, 2], [3, 4]]), [2]); // [4, 6]
 */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const shift = x.rank - shape.length;
  const axes: number[] = [];
  for (let axis = 0; axis < x.rank; axis++)
    if (axis < shift || (shape[axis - shift] === 1 && x.shape[axis] !== 1)) axes.push(axis);
  const keepDims = axes.length > shift;
  return reshape(apply(sumOp, [x], { axes, keepDims }), shape);
}

/** How many elements each result of a reduction comes from. */
export function countOver(operation: string, x: Tensor, axis: Axes): number {
  return sizeOf(normalizeAxes(operation, axis, x.rank).map((k) => x.shape[k]));
}

/**
 * The mean over some axes, or all; NaN where there is nothing to average.
 *
 * @see torch.mean
 * @example
 * mean(tensor([[1, 2], [3, 4]])); // 2.5
 * mean(tensor([[1, 2], [3, 4]]), { axis: 0 }); // [2, 3]
 */
export function mean<S, const O extends ReduceOptions = object>(
  x: Tensor<S>,
  options?: O,
): Tensor<ReducedShape<S, O>>;
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
  return div(sum(cast(x, toFloating(x.dtype)), options), countOver("mean", x, options.axis));
}
