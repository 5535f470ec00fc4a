import type { Dtype } from "../dtype.ts";
import { apply } from "../op.ts";
import { neg } from "../ops/elementwise/arithmetic.ts";
import { cast } from "../ops/elementwise/cast.ts";
import { reshape } from "../ops/movement/movement.ts";
import { withAxis } from "../ops/reductions/axis.ts";
import type { Reduced } from "../ops/reductions/reduce.ts";
import { logSoftmaxOp, softmaxOp } from "../ops/reductions/softmax.ts";
import type { Op, Tensor } from "../tensor.ts";

export interface SoftmaxOptions {
  /** The element type to compute in, and of the result; default that of `x`. */
  readonly dtype?: Dtype;
}

function along(op: Op<Reduced>, x: Tensor, axis: number, { dtype = x.dtype }: SoftmaxOptions): Tensor {
  const [lanes, at] = withAxis(op.name, cast(x, dtype), axis);
  return reshape(apply(op, [lanes], { axes: [at] }), x.shape);
}

/**
 * exp(x)/Σ exp(x) along an axis (default the last), without overflow.
 *
 * @see torch.softmax
 * @example
 * softmax(tensor([1, 1, 2])); // [0.2119, 0.2119, 0.5761]
 * softmax(tensor([[1, 2], [1, 1]]), 0); // [[0.5, 0.7311], [0.5, 0.2689]]
 * softmax(tensor([1000, 1000])); // [0.5, 0.5]
 */
export function softmax(x: Tensor, axis = -1, options: SoftmaxOptions = {}): Tensor {
  return along(softmaxOp, x, axis, options);
}

/**
 * exp(-x)/Σ exp(-x) along an axis (default the last), without overflow.
 *
 * @see torch.nn.functional.softmin
 * @example
 * softmin(tensor([1, 1, 2])); // [0.4223, 0.4223, 0.1554]
 */
export function softmin(x: Tensor, axis = -1, options: SoftmaxOptions = {}): Tensor {
  return softmax(neg(x), axis, options);
}

/**
 * x - log Σ exp(x) along an axis (default the last), exact where softmax underflows.
 *
 * @see torch.log_softmax
 * @example
 * logSoftmax(tensor([0, -1000])); // [0, -1000]
 */
export function logSoftmax(x: Tensor, axis = -1, options: SoftmaxOptions = {}): Tensor {
  return along(logSoftmaxOp, x, axis, options);
}
