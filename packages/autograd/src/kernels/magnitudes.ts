import type { Floats } from "./wasm/elementwise/program.ts";
import { largest } from "./wasm/rows/magnitude.ts";
import { reductions } from "./wasm/rows/reduce.ts";
import type { RowProgram } from "./wasm/rows/row-program.ts";
import { numberOfRow } from "./wasm/rows/run.ts";

/** Fewer numbers are taken sooner one by one. */
const fewest = 96;

/** Numbers that vectors take together at once: they stay in the first-level cache. */
const pieceLength = 4096;

/** What each piece of an array comes to, joined to one number; null if there are too few for vectors, or no vectors. */
function joined(program: RowProgram, join: (a: number, b: number) => number, values: Floats): number | null {
  const { length } = values;
  if (length < fewest) return null;
  const precision = values instanceof Float32Array ? "f32" : "f64";
  if (length <= pieceLength) return numberOfRow(program, precision, values);
  let all = 0;
  for (let start = 0; start < length; start += pieceLength) {
    const part = numberOfRow(program, precision, values.subarray(start, start + pieceLength));
    if (part === null) return null;
    all = join(all, part);
  }
  return all;
}

const add = (a: number, b: number): number => a + b;

/**
 * Σ x² over an array, in double precision: it overflows only where 10¹⁵⁴ is among the numbers.
 *
 * @example
 * sumOfSquares(new Float64Array([3, -4])); // 25
 */
export function sumOfSquares(values: Float32Array | Float64Array): number {
  return joined(reductions.squares, add, values) ?? plainSumOfSquares(values);
}

/**
 * The largest |x| of an array, 0 if it is empty; NaN if a number is.
 *
 * @example
 * largestMagnitude(new Float64Array([3, -4])); // 4
 */
export function largestMagnitude(values: Float32Array | Float64Array): number {
  return joined(largest, Math.max, values) ?? plainLargestMagnitude(values);
}

/** Four sums side by side: one alone waits for itself at each addition. From a list they would not stay in registers. */
function plainSumOfSquares(values: Floats): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const whole = values.length & -4;
  for (let i = 0; i < whole; i += 4) {
    const p = values[i];
    const q = values[i + 1];
    const r = values[i + 2];
    const s = values[i + 3];
    a += p * p;
    b += q * q;
    c += r * r;
    d += s * s;
  }
  for (let i = whole; i < values.length; i++) a += values[i] * values[i];
  return a + b + (c + d);
}

/** `Math.max` keeps NaN. */
function plainLargestMagnitude(values: Floats): number {
  let a = 0;
  let b = 0;
  const whole = values.length & -2;
  for (let i = 0; i < whole; i += 2) {
    a = Math.max(a, Math.abs(values[i]));
    b = Math.max(b, Math.abs(values[i + 1]));
  }
  for (let i = whole; i < values.length; i++) a = Math.max(a, Math.abs(values[i]));
  return Math.max(a, b);
}
