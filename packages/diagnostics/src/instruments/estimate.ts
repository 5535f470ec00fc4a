import { deviationOf, meanOf } from "../statistics.ts";

/** A measured number, and the standard deviation of its error. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/** The mean of independent measurements. */
export const meanEstimate = (values: readonly number[]): Estimate => ({
  value: meanOf(values),
  standardError: deviationOf(values) / Math.sqrt(values.length),
});

/** The standard error of a statistic, from its values with one measurement left out at a time. @see Tukey 1958 */
export function jackknifeError(values: readonly number[]): number {
  const mean = meanOf(values);
  const sum = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return Math.sqrt((sum * (values.length - 1)) / values.length);
}
