import type { Tensor } from "@isograd/autograd";
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
 */
export function clipGradValue(
  parameters: Iterable<Tensor>,
  limit: number,
  options: NonFiniteOptions = {},
): ClippedValues {
  checkLimit("clipGradValue", limit);
  const gradients = gradientsOf("clipGradValue", parameters);
  const present = gradients.filter((gradient) => gradient !== null);
  const largest = largestOf(present.map(({ values }) => values));
  checkFiniteNorm(
    "clipGradValue",
    largest,
    gradients.map((gradient) => gradient?.values ?? null),
    options,
  );
  let changed = 0;
  for (const gradient of present) {
    const beyond = countBeyond(gradient.values, limit);
    if (beyond > 0) replaceGradient(gradient, (value) => clampTo(value, limit));
    changed += beyond;
  }
  return { largest, changed };
}

/** `value` within ±limit; NaN stays. */
export const clampTo = (value: number, limit: number): number => Math.max(Math.min(value, limit), -limit);

function countBeyond(values: Values, limit: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]) > limit) count++;
  return count;
}
