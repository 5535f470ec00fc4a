import { type Dtype, toFloating } from "../dtype.ts";
import { softmaxAlong } from "../kernels/softmax.ts";
import { apply, defineOp } from "../op.ts";
import { mul, neg, sub } from "../ops/elementwise/arithmetic.ts";
import { cast } from "../ops/elementwise/cast.ts";
import { exp } from "../ops/elementwise/transcendental.ts";
import { reshape } from "../ops/movement/movement.ts";
import { withAxis } from "../ops/reductions/axis.ts";
import { sum } from "../ops/reductions/reduce.ts";
import { sizeOf } from "../shape.ts";
import type { Op, Tensor } from "../tensor.ts";

interface Along {
  readonly axis: number;
}

/** For each element how much it takes: exponential, difference, sum, quotient. */
const flopsOf: Op<Along>["flops"] = (_, __, [{ shape }]) => 4 * sizeOf(shape);

/** The derivative is symmetric: one rule in both directions. */
const softmaxOp: Op<Along> = /* @__PURE__ */ defineOp<Along>({
  name: "softmax",
  flops: flopsOf,
  shape: ([x]) => ({ shape: x.shape, dtype: toFloating(x.dtype) }),
  forward: ([x], { axis }, { dtype }) => softmaxAlong(x, axis, false, dtype),
  vjp: [(g, { output: y, attributes }) => mul(y, sub(g, total(mul(g, y), attributes)))],
  jvp: [(t, { output: y, attributes }) => mul(y, sub(t, total(mul(t, y), attributes)))],
  batch: (inputs, _, { axis }) => apply(softmaxOp, inputs, { axis: axis + 1 }),
  readsOutput: true,
});

const logSoftmaxOp: Op<Along> = /* @__PURE__ */ defineOp<Along>({
  name: "logSoftmax",
  flops: flopsOf,
  shape: ([x]) => ({ shape: x.shape, dtype: toFloating(x.dtype) }),
  forward: ([x], { axis }, { dtype }) => softmaxAlong(x, axis, true, dtype),
  vjp: [(g, { output: y, attributes }) => sub(g, mul(exp(y), total(g, attributes)))],
  jvp: [(t, { output: y, attributes }) => sub(t, total(mul(t, exp(y)), attributes))],
  batch: (inputs, _, { axis }) => apply(logSoftmaxOp, inputs, { axis: axis + 1 }),
  readsOutput: true,
});

const total = (x: Tensor, { axis }: Along): Tensor => sum(x, { axis, keepDims: true });

export interface SoftmaxOptions {
  /** The element type to compute in, and of the result; default that of `x`. */
  readonly dtype?: Dtype;
}

function along(op: Op<Along>, x: Tensor, axis: number, { dtype = x.dtype }: SoftmaxOptions): Tensor {
  const [lanes, at] = withAxis(op.name, cast(x, dtype), axis);
  return reshape(apply(op, [lanes], { axis: at }), x.shape);
}

/** exp(x)/Σ exp(x) along an axis (default the last), without overflow. @see torch.softmax */
export function softmax(x: Tensor, axis = -1, options: SoftmaxOptions = {}): Tensor {
  return along(softmaxOp, x, axis, options);
}

/** exp(-x)/Σ exp(-x) along an axis (default the last), without overflow. @see torch.nn.functional.softmin */
export function softmin(x: Tensor, axis = -1, options: SoftmaxOptions = {}): Tensor {
  return softmax(neg(x), axis, options);
}

/** x - log Σ exp(x) along an axis (default the last), exact where softmax underflows. @see torch.log_softmax */
export function logSoftmax(x: Tensor, axis = -1, options: SoftmaxOptions = {}): Tensor {
  return along(logSoftmaxOp, x, axis, options);
}
