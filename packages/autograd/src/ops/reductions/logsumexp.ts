import { toFloating } from "../../dtype.ts";
import { logSumExpAlong } from "../../kernels/softmax.ts";
import { apply, defineOp } from "../../op.ts";
import { normalizeAxes, reduceShape, sizeOf } from "../../shape.ts";
import type { ReducedShape } from "../../static-shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { reshape } from "../movement/movement.ts";
import { behindExamples, type Reduced, type ReduceOptions, sum } from "./reduce.ts";
import { softmaxOp } from "./softmax.ts";

const logSumExpOp: Op<Reduced> = /* @__PURE__ */ defineOp<Reduced>({
  name: "logsumexp",
  flops: ([x]) => (x === null ? 0 : 3 * sizeOf(x.shape)),
  shape: ([x], { axes }) => ({ shape: reduceShape(x.shape, axes, true), dtype: toFloating(x.dtype) }),
  forward: ([x], { axes }, { dtype }) => logSumExpAlong(x, axes, dtype),
  vjp: [(g, { inputs: [x], attributes }) => mul(g, apply(softmaxOp, [x], attributes))],
  jvp: [
    (t, { inputs: [x], attributes }) =>
      sum(mul(t, apply(softmaxOp, [x], attributes)), { axis: attributes.axes, keepDims: true }),
  ],
  batch: (inputs, _, attributes) => apply(logSumExpOp, inputs, behindExamples(attributes)),
  reads: [[0]],
});

/**
 * log Σ exp(x) over some axes, or all, without overflow; -∞ where there is nothing to add.
 *
 * @see torch.logsumexp
 * @example
 * logsumexp(tensor([[0, 0], [1000, 1000]]), { axis: 1 }); // [0.6931, 1000.693]
 * logsumexp(zeros([0])); // -Infinity
 */
export function logsumexp<S, const O extends ReduceOptions = object>(
  x: Tensor<S>,
  options?: O,
): Tensor<ReducedShape<S, O>>;
export function logsumexp(x: Tensor, { axis, keepDims = false }: ReduceOptions = {}): Tensor {
  const axes = normalizeAxes("logsumexp", axis, x.rank);
  const total = apply(logSumExpOp, [x], { axes });
  return keepDims ? total : reshape(total, reduceShape(x.shape, axes, false));
}
