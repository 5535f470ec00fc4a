import { ArgumentError, largestMagnitude, sumOfSquares } from "@isograd/autograd";

/** Numbers of one tensor. */
export type Values = Float32Array | Float64Array;

export const zerosLike = (values: Values): Values =>
  values instanceof Float32Array ? new Float32Array(values.length) : new Float64Array(values.length);

/** What clipping did: the norm it found, and the factor it multiplied with (1: nothing changed). */
export interface Clipped {
  readonly norm: number;
  readonly factor: number;
}

/** @throws ArgumentError unless `p` is positive; Infinity stands for the largest element */
export function checkNormType(operation: string, p: number): void {
  if (!(p > 0)) throw new ArgumentError(operation, "expected a positive norm type, or Infinity", p);
}

export function checkLimit(operation: string, limit: number): void {
  if (!(limit > 0)) throw new ArgumentError(operation, "expected a positive limit", limit);
}

/**
 * (Σ |x|ᵖ)^(1/p) over all arrays together; the largest |x| for p = ∞. NaN if one element is. What is null counts as zeros.
 *
 * Neither overflows nor underflows unless the norm itself does.
 */
export function jointNorm(arrays: readonly (Values | null)[], p: number): number {
  if (p === Number.POSITIVE_INFINITY) return largestOf(arrays);
  const total = powerSum(arrays, p, 1);
  if (total > tiny && total < Number.POSITIVE_INFINITY) return root(total, p);
  const largest = largestOf(arrays);
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return largest;
  return largest * root(powerSum(arrays, p, largest), p);
}

/** Sums of powers below this have lost digits. */
const tiny = 1e-280;

const root = (total: number, p: number): number =>
  p === 2 ? Math.sqrt(total) : p === 1 ? total : total ** (1 / p);

function powerSum(arrays: readonly (Values | null)[], p: number, unit: number): number {
  let total = 0;
  for (const values of arrays) {
    if (values === null) continue;
    total += p === 2 && unit === 1 ? sumOfSquares(values) : sumOfPowers(values, p, unit);
  }
  return total;
}

function sumOfPowers(values: Values, p: number, unit: number): number {
  let total = 0;
  if (p === 1) for (let i = 0; i < values.length; i++) total += Math.abs(values[i] / unit);
  else for (let i = 0; i < values.length; i++) total += Math.abs(values[i] / unit) ** p;
  return total;
}

/** The largest magnitude; NaN if one element is. */
export function largestOf(arrays: readonly (Values | null)[]): number {
  let largest = 0;
  for (const values of arrays) if (values !== null) largest = Math.max(largest, largestMagnitude(values));
  return largest;
}

/** The factor that brings a norm down to `limit`, 1 where it is not above; PyTorch's, with its 1e-6 against division by zero. */
export function clipFactor(norm: number, limit: number): number {
  const factor = limit / (norm + 1e-6);
  return Math.min(factor, 1);
}
