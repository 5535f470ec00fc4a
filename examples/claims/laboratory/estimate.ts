import { studentTTail } from "@isograd/autograd";

/** One number a seed; or a number that chance has no part in. */
export type Values = readonly number[] | number;

/** A mean over seeds with the interval that holds the true one in 95 of 100 cases. */
export interface Estimate {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
  readonly low: number;
  readonly high: number;
}

/** By Student's t, as if the values were normal; one value of several possible says nothing of the others. */
export function estimate(values: Values): Estimate {
  if (typeof values === "number") return { mean: values, error: 0, low: values, high: values };
  const { length } = values;
  const mean = values.reduce((sum, value) => sum + value, 0) / length;
  if (length < 2)
    return { mean, error: Number.NaN, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (length - 1);
  const error = Math.sqrt(variance / length);
  const reach = error === 0 ? 0 : error * quantile(0.025, length - 1);
  return { mean, error, low: mean - reach, high: mean + reach };
}

/** The t that is exceeded with probability `tail`, by bisection. */
function quantile(tail: number, freedom: number): number {
  let [low, high] = [0, 1];
  while (studentTTail(high, freedom) > tail) high *= 2;
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (studentTTail(middle, freedom) > tail) low = middle;
    else high = middle;
  }
  return high;
}

/** The differences between two arms that were run with the same seeds. */
export const differences = (those: readonly number[], these: readonly number[]): number[] =>
  those.map((value, k) => value - these[k]);
