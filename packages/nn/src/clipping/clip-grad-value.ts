import { fusedLoop, maximum, minimum, neg, type Scalar, type Tensor } from "@isograd/autograd";
import { checkFiniteNorm, type NonFiniteOptions } from "./finite.ts";
import { gradientsOf, replaceGradient } from "./gradients.ts";
import { checkLimit, largestOf, type Values } from "./norms.ts";

/** What clipping by value did. */
export interface ClippedValues {
  /** The largest magnitude before clipping. */
  readonly largest: number;
  /** How many elements were changed. */
  readonly changed: number;
}

/**
 * Brings each element of the gradients into [-limit, limit]; their direction changes.
 *
 * @returns the largest magnitude before clipping, and how many elements were changed
 * @throws NonFiniteError if an element is NaN or infinite: nothing is changed then
 * @see torch.nn.utils.clip_grad_value_
 * @example
 * const weight = parameter([0, 0, 0]);
 * weight.grad = tensor([-3, 0.5, 2]);
 * clipGradValue([weight], 1); // { largest: 3, changed: 2 }
 * weight.grad; // [-1, 0.5, 1]
 */
export function clipGradValue(
  parameters: Iterable<Tensor>,
  limit: number,
  options: NonFiniteOptions = {},
): ClippedValues {
  checkLimit("clipGradValue", limit);
  const gradients = gradientsOf("clipGradValue", parameters);
  const arrays = gradients.map((gradient) => gradient?.values ?? null);
  const largest = largestOf(arrays);
  checkFiniteNorm("clipGradValue", largest, arrays, options);
  let changed = 0;
  for (const gradient of largest <= limit ? [] : gradients) {
    if (gradient === null) continue;
    const beyond = countBeyond(gradient.values, limit);
    if (beyond > 0) replaceGradient(gradient, limitTo([gradient.values], [limit])[0]);
    changed += beyond;
  }
  return { largest, changed };
}

/** `value` within ±limit; NaN stays. */
export const limited = (value: Scalar, limit: Scalar): Scalar => minimum(maximum(value, neg(limit)), limit);

const limitTo = /* @__PURE__ */ fusedLoop({ arrays: 1, numbers: 1 }, ([value], [limit]) => [
  limited(value, limit),
]);

function countBeyond(values: Values, limit: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]) > limit) count++;
  return count;
}
