import { div, sub } from "../ops/elementwise/arithmetic.ts";
import { exp } from "../ops/elementwise/transcendental.ts";
import { finiteMax, logsumexp, sum } from "../ops/reductions/reduce.ts";
import { normalizeAxis } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** exp(x)/Σ exp(x) along an axis (default the last), without overflow. @see torch.softmax */
export function softmax(x: Tensor, axis = -1): Tensor {
  const at = normalizeAxis("softmax", axis, x.rank);
  const powers = exp(sub(x, finiteMax(x, [at])));
  return div(powers, sum(powers, { axis: at, keepDims: true }));
}

/** x - log Σ exp(x) along an axis (default the last), exact where softmax underflows. @see torch.log_softmax */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  const at = normalizeAxis("logSoftmax", axis, x.rank);
  return sub(x, logsumexp(x, { axis: at, keepDims: true }));
}
