import { toFloating } from "../../dtype.ts";
import { ShapeError } from "../../errors.ts";
import {
  argMaximum,
  maximumReduction,
  minimumReduction,
  type Reduction,
  reduce,
  sumReduction,
} from "../../kernels/reduce.ts";
import { apply, defineOp } from "../../op.ts";
import {
  type Axes,
  normalizeAxes,
  normalizeAxis,
  reduceShape,
  type Shape,
  sameShape,
  sizeOf,
} from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { add, div, mul, square, sub } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { abs, eq, lt, where } from "../elementwise/choice.ts";
import { exp, log, sqrt } from "../elementwise/transcendental.ts";
import { expand, reshape } from "../movement/movement.ts";
import { concat, slice } from "../movement/slice.ts";

interface Reduced {
  /** Ascending, not negative. */
  readonly axes: readonly number[];
}

export interface ReduceOptions {
  /** Which axes; default all. */
  readonly axis?: Axes;
  /** Keep the reduced axes with extent 1; default false. */
  readonly keepDims?: boolean;
}

// The ops keep the reduced axes with extent 1; dropping them is a reshape.

const sumOp = /* @__PURE__ */ defineOp<Reduced>({
  name: "sum",
  shape: ([x], { axes }) => ({
    shape: reduceShape(x.shape, axes, true),
    dtype: x.dtype === "bool" ? "i32" : x.dtype,
  }),
  forward: ([x], { axes }, { dtype }) => reduce(x, axes, sumReduction, dtype),
  vjp: [(g, node) => expand(g, node.inputSignature(0).shape)],
});

function reduced(op: Op<Reduced>, x: Tensor, { axis, keepDims = false }: ReduceOptions): Tensor {
  const axes = normalizeAxes(op.name, axis, x.rank);
  const result = apply(op, [x], { axes });
  return keepDims ? result : reshape(result, reduceShape(x.shape, axes, false));
}

/** The sum over some axes, or all; accumulated in double precision. @see torch.sum */
export function sum(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduced(sumOp, x, options);
}

/** Sums what broadcasting stretched, back to `shape`: the adjoint of `expand`. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const shift = x.rank - shape.length;
  const axes = x.shape.flatMap((extent, axis) =>
    axis < shift || (shape[axis - shift] === 1 && extent !== 1) ? [axis] : [],
  );
  return reshape(apply(sumOp, [x], { axes }), shape);
}

/** The mean over some axes, or all; NaN where there is nothing to average. @see torch.mean */
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
  const axes = normalizeAxes("mean", options.axis, x.rank);
  const count = sizeOf(axes.map((axis) => x.shape[axis]));
  return div(sum(cast(x, toFloating(x.dtype)), options), count);
}

export interface VarianceOptions extends ReduceOptions {
  /** Subtracted from the count in the divisor: 1 (Bessel's correction, the default) or 0. */
  readonly correction?: number;
}

/** The variance over some axes, or all. @see torch.var */
export function variance(
  x: Tensor,
  { axis, keepDims = false, correction = 1 }: VarianceOptions = {},
): Tensor {
  const axes = normalizeAxes("variance", axis, x.rank);
  const count = sizeOf(axes.map((k) => x.shape[k]));
  const centred = sub(x, mean(x, { axis: axes, keepDims: true }));
  return div(sum(square(centred), { axis: axes, keepDims }), Math.max(0, count - correction));
}

/** The largest element; elements that tie share the gradient evenly. */
const extremum = (name: string, reduction: Reduction): Op<Reduced> =>
  defineOp<Reduced>({
    name,
    shape: ([x], { axes }) => {
      if (axes.some((axis) => x.shape[axis] === 0))
        throw new ShapeError(name, [x.shape], "expected at least one element along each axis");
      return { shape: reduceShape(x.shape, axes, true), dtype: x.dtype };
    },
    forward: ([x], { axes }, { dtype }) => reduce(x, axes, reduction, dtype),
    vjp: [
      (g, { inputs: [x], output, attributes: { axes } }) => {
        const winners = cast(eq(x.detach(), output.detach()), x.dtype);
        return mul(div(g, sum(winners, { axis: axes, keepDims: true })), winners);
      },
    ],
    reads: [[0]],
    readsOutput: true,
  });

const maxOp = /* @__PURE__ */ extremum("max", maximumReduction);
const minOp = /* @__PURE__ */ extremum("min", minimumReduction);

/** The largest element over some axes, or all; NaN if one is. Ties share the gradient evenly. @see torch.amax */
export function max(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduced(maxOp, x, options);
}

/** The smallest element over some axes, or all; NaN if one is. Ties share the gradient evenly. @see torch.amin */
export function min(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduced(minOp, x, options);
}

/** Whole numbers carry no gradient, and a position does not move with the values: its true derivative is zero. */
const argOp = (name: string, direction: 1 | -1): Op<{ readonly axis: number }> =>
  defineOp<{ readonly axis: number }>({
    name,
    shape: ([x], { axis }) => {
      if (x.shape[axis] === 0)
        throw new ShapeError(name, [x.shape], `expected at least one element along axis ${axis}`);
      return { shape: x.shape.filter((_, k) => k !== axis), dtype: "i32" };
    },
    forward: ([x], { axis }) => argMaximum(x, axis, direction),
    vjp: "zero",
  });

const argmaxOp = /* @__PURE__ */ argOp("argmax", 1);
const argminOp = /* @__PURE__ */ argOp("argmin", -1);

/** The position of the largest element along `axis`, the first of equals, as `i32` without the axis. @see torch.argmax */
export function argmax(x: Tensor, axis = -1): Tensor {
  return apply(argmaxOp, [x], { axis: normalizeAxis("argmax", axis, x.rank) });
}

/** The position of the smallest element along `axis`, the first of equals, as `i32` without the axis. @see torch.argmin */
export function argmin(x: Tensor, axis = -1): Tensor {
  return apply(argminOp, [x], { axis: normalizeAxis("argmin", axis, x.rank) });
}

/** The product over some axes, or all: pairwise, so that its derivatives are exact where elements are zero. @see torch.prod */
export function prod(x: Tensor, { axis, keepDims = false }: ReduceOptions = {}): Tensor {
  const axes = normalizeAxes("prod", axis, x.rank);
  let result = x;
  for (const at of axes) result = productAlong(result, at);
  return reshape(result, reduceShape(x.shape, axes, keepDims));
}

function productAlong(x: Tensor, axis: number): Tensor {
  if (x.shape[axis] === 0) {
    const empty = sum(x, { axis, keepDims: true });
    return add(empty, 1);
  }
  let result = x;
  while (result.shape[axis] > 1) {
    const extent = result.shape[axis];
    const half = Math.floor(extent / 2);
    const pairs = mul(
      slice(result, axis, { end: half }),
      slice(result, axis, { start: half, end: 2 * half }),
    );
    if (extent % 2 === 0) {
      result = pairs;
    } else {
      const rest = mul(slice(pairs, axis, { start: half - 1 }), slice(result, axis, { start: extent - 1 }));
      result = half === 1 ? rest : concat([slice(pairs, axis, { end: half - 1 }), rest], axis);
    }
  }
  return result;
}

/** log Σ exp(x) over some axes, or all, without overflow. @see torch.logsumexp */
export function logsumexp(x: Tensor, { axis, keepDims = false }: ReduceOptions = {}): Tensor {
  const axes = normalizeAxes("logsumexp", axis, x.rank);
  const shift = finiteMax(x, axes);
  const total = add(log(sum(exp(sub(x, shift)), { axis: axes, keepDims: true })), shift);
  return keepDims ? total : reshape(total, reduceShape(x.shape, axes, false));
}

/** The largest element as a constant, 0 where it is infinite: subtracting it must not make NaN of infinities. */
export function finiteMax(x: Tensor, axes: readonly number[]): Tensor {
  const largest = max(x.detach(), { axis: axes, keepDims: true });
  return where(lt(abs(largest), Infinity), largest, 0);
}

/** √Σx² over some axes, or all; its derivative at zero is zero. @see torch.linalg.vector_norm */
export function norm(x: Tensor, options: ReduceOptions = {}): Tensor {
  const total = sum(square(x), options);
  const zero = eq(total.detach(), 0);
  return where(zero, 0, sqrt(where(zero, 1, total)));
}
