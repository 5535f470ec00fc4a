import type { LayerObservation } from "../observation.ts";

export function meanAbsolute(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]);
  return sum / values.length;
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

export function sumOfSquares(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum;
}

/** The mean squared distance from the mean. */
export function variance(values: ArrayLike<number>): number {
  const middle = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - middle) ** 2;
  return sum / values.length;
}

export function allFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** Which part of the values is as asked for. */
export function shareOf(values: ArrayLike<number>, is: (value: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (is(values[i])) count++;
  return count / values.length;
}

/** Of each unit, for how many examples what stands in its column is as asked for. */
export function countsByUnit(
  values: ArrayLike<number>,
  { units }: Pick<LayerObservation, "units">,
  is: (value: number) => boolean,
): Uint32Array {
  const counts = new Uint32Array(units);
  for (let i = 0; i < values.length; i++) if (is(values[i])) counts[i % units]++;
  return counts;
}
