import { toFloating } from "../../dtype.ts";
import { cumulativeLogSumExp } from "../../kernels/scan.ts";
import { apply, defineOp } from "../../op.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { mul, sub } from "../elementwise/arithmetic.ts";
import { eq, where } from "../elementwise/choice.ts";
import { exp } from "../elementwise/transcendental.ts";
import { reshape } from "../movement/movement.ts";
import { withAxis } from "./axis.ts";
import { adjoint, delayed, recurrence, type Scan } from "./recurrence.ts";

/** exp(a - b) for a ≤ b, 0 where `a` is -∞: there a - b may be NaN. */
function ratio(a: Tensor, b: Tensor): Tensor {
  const nothing = eq(a, -Infinity);
  return where(nothing, 0, exp(sub(where(nothing, 0, a), where(nothing, 0, b))));
}

/**
 * As the sums so far are S_t = exp(y_t), dy_t = exp(y_{t-1} - y_t) dy_{t-1} + exp(x_t - y_t) dx_t: a recurrence with factors from 0 to 1, which
 * neither overflows nor cancels.
 */
const logcumsumexpOp: Op<{ readonly axis: number }> = /* @__PURE__ */ defineOp<{ readonly axis: number }>({
  name: "logcumsumexp",
  shape: ([x]) => ({ shape: x.shape, dtype: toFloating(x.dtype) }),
  forward: ([x], { axis }, { dtype }) => cumulativeLogSumExp(x, axis, dtype),
  vjp: [
    (g, { inputs: [x], output: y, attributes: { axis } }) => {
      const scan: Scan = { axis, reverse: false };
      return mul(adjoint(ratio(delayed(y, scan, -Infinity), y), g, scan), ratio(x, y));
    },
  ],
  jvp: [
    (t, { inputs: [x], output: y, attributes: { axis } }) => {
      const scan: Scan = { axis, reverse: false };
      return recurrence(ratio(delayed(y, scan, -Infinity), y), mul(t, ratio(x, y)), scan);
    },
  ],
  batch: (inputs, _, { axis }) => apply(logcumsumexpOp, inputs, { axis: axis + 1 }),
  reads: [[0]],
  readsOutput: true,
});

/**
 * log Σ exp of the elements so far along `axis`, without overflow.
 *
 * @see torch.logcumsumexp
 * @example
 * logcumsumexp(tensor([0, 0, 0])); // [0, 0.6931, 1.0986]
 */
export function logcumsumexp(x: Tensor, axis = -1): Tensor {
  const [lanes, at] = withAxis("logcumsumexp", x, axis);
  return reshape(apply(logcumsumexpOp, [lanes], { axis: at }), x.shape);
}
