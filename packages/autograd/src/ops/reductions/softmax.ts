import { toFloating } from "../../dtype.ts";
import {
  alongAxes,
  logSoftmaxPullbackRows,
  logSoftmaxRows,
  softmaxPullbackRows,
  softmaxRows,
} from "../../kernels/softmax.ts";
import { apply, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { mul, neg, sub } from "../elementwise/arithmetic.ts";
import { exp } from "../elementwise/transcendental.ts";
import { withExamples } from "../movement/movement.ts";
import { behindExamples, type Reduced, sum } from "./reduce.ts";

/** For each element how much it takes: exponential, difference, sum, quotient. */
const flops: Op<Reduced>["flops"] = (_, __, [{ shape }]) => 4 * sizeOf(shape);

const total = (x: Tensor, { axes }: Reduced): Tensor => sum(x, { axis: axes, keepDims: true });

/** exp(x)/Σ exp(x) over some axes. The derivative is symmetric: one rule in both directions. */
export const softmaxOp: Op<Reduced> = /* @__PURE__ */ defineOp<Reduced>({
  name: "softmax",
  flops,
  shape: ([x]) => ({ shape: x.shape, dtype: toFloating(x.dtype) }),
  forward: ([x], { axes }, { dtype }) => alongAxes(softmaxRows, [x], axes, dtype),
  vjp: [(g, { output: y, attributes }) => apply(softmaxPullbackOp, [g, y], attributes)],
  jvp: [(t, { output: y, attributes }) => apply(softmaxPullbackOp, [t, y], attributes)],
  batch: (inputs, _, attributes) => apply(softmaxOp, inputs, behindExamples(attributes)),
  readsOutput: true,
});

/** y (g - Σ g y). */
const softmaxPullbackOp: Op<Reduced> = /* @__PURE__ */ defineOp<Reduced>({
  name: "softmaxPullback",
  flops,
  shape: ([, y]) => ({ shape: y.shape, dtype: y.dtype }),
  forward: (inputs, { axes }, { dtype }) => alongAxes(softmaxPullbackRows, inputs, axes, dtype),
  vjp: [
    (c, { inputs: [, y], attributes }) => apply(softmaxPullbackOp, [c, y], attributes),
    (c, { inputs: [g, y], attributes }) =>
      sub(mul(c, sub(g, total(mul(g, y), attributes))), mul(g, total(mul(c, y), attributes))),
  ],
  jvp: [
    (t, { inputs: [, y], attributes }) => apply(softmaxPullbackOp, [t, y], attributes),
    (t, { inputs: [g, y], attributes }) =>
      sub(mul(t, sub(g, total(mul(g, y), attributes))), mul(y, total(mul(g, t), attributes))),
  ],
  batch: (inputs, mapped, attributes, size) =>
    apply(softmaxPullbackOp, withExamples(inputs, mapped, size), behindExamples(attributes)),
  reads: [[1], [0, 1]],
});

/** x - log Σ exp(x) over some axes. */
export const logSoftmaxOp: Op<Reduced> = /* @__PURE__ */ defineOp<Reduced>({
  name: "logSoftmax",
  flops,
  shape: ([x]) => ({ shape: x.shape, dtype: toFloating(x.dtype) }),
  forward: ([x], { axes }, { dtype }) => alongAxes(logSoftmaxRows, [x], axes, dtype),
  vjp: [(g, { output: y, attributes }) => apply(logSoftmaxPullbackOp, [g, y], attributes)],
  jvp: [(t, { output: y, attributes }) => sub(t, total(mul(t, exp(y)), attributes))],
  batch: (inputs, _, attributes) => apply(logSoftmaxOp, inputs, behindExamples(attributes)),
  readsOutput: true,
});

/** g - exp(y) Σ g. */
const logSoftmaxPullbackOp: Op<Reduced> = /* @__PURE__ */ defineOp<Reduced>({
  name: "logSoftmaxPullback",
  flops,
  shape: ([, y]) => ({ shape: y.shape, dtype: y.dtype }),
  forward: (inputs, { axes }, { dtype }) => alongAxes(logSoftmaxPullbackRows, inputs, axes, dtype),
  vjp: [
    (c, { inputs: [, y], attributes }) => sub(c, total(mul(c, exp(y)), attributes)),
    (c, { inputs: [g, y], attributes }) => neg(mul(mul(c, exp(y)), total(g, attributes))),
  ],
  jvp: [
    (t, { inputs: [, y], attributes }) => apply(logSoftmaxPullbackOp, [t, y], attributes),
    (t, { inputs: [g, y], attributes }) => neg(mul(mul(t, exp(y)), total(g, attributes))),
  ],
  batch: (inputs, mapped, attributes, size) =>
    apply(logSoftmaxPullbackOp, withExamples(inputs, mapped, size), behindExamples(attributes)),
  reads: [[1], [0, 1]],
});
