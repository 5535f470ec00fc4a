import type { Dtype } from "../dtype.ts";
import { div, neg, sub } from "../ops/elementwise/arithmetic.ts";
import { cast } from "../ops/elementwise/cast.ts";
import { exp } from "../ops/elementwise/transcendental.ts";
import { reshape } from "../ops/movement/movement.ts";
import { withAxis } from "../ops/reductions/axis.ts";
import { finiteMax, logsumexp } from "../ops/reductions/logsumexp.ts";
import { sum } from "../ops/reductions/reduce.ts";
import type { Tensor } from "../tensor.ts";

export interface SoftmaxOptions {
  /** The element type to compute in, and of the result; default that of `x`. */
  readonly dtype?: Dtype;
}

/** exp(x)/Σ exp(x) along an axis (default the last), without overflow. @see torch.softmax */
export function softmax(x: Tensor, axis = -1, { dtype = x.dtype }: SoftmaxOptions = {}): Tensor {
  const [lanes, at] = withAxis("softmax", cast(x, dtype), axis);
  const powers = exp(sub(lanes, finiteMax(lanes, [at])));
  return reshape(div(powers, sum(powers, { axis: at, keepDims: true })), x.shape);
}

/** exp(-x)/Σ exp(-x) along an axis (default the last), without overflow. @see torch.nn.functional.softmin */
export function softmin(x: Tensor, axis = -1, options: SoftmaxOptions = {}): Tensor {
  return softmax(neg(x), axis, options);
}

/** x - log Σ exp(x) along an axis (default the last), exact where softmax underflows. @see torch.log_softmax */
export function logSoftmax(x: Tensor, axis = -1, { dtype = x.dtype }: SoftmaxOptions = {}): Tensor {
  const [lanes, at] = withAxis("logSoftmax", cast(x, dtype), axis);
  return reshape(sub(lanes, logsumexp(lanes, { axis: at, keepDims: true })), x.shape);
}
