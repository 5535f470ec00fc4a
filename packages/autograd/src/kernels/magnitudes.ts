import type { Floats } from "./wasm/elementwise/program.ts";
import { largest } from "./wasm/rows/magnitude.ts";
import { reductions } from "./wasm/rows/reduce.ts";
import type { RowProgram } from "./wasm/rows/row-program.ts";
import { runRows } from "./wasm/rows/run.ts";

/** Numbers that are taken together at once; they stay in the first-level cache. */
const pieceLength = 2048;

/** What each piece of an array comes to, and the rest behind them; null if there are too few for vectors, or no vectors. */
function piecesOf(program: RowProgram, values: Floats): Float64Array | null {
  const rows = Math.floor(values.length / pieceLength);
  if (rows === 0) return null;
  const [whole, rest] = [rows * pieceLength, values.length % pieceLength];
  const found = new Float64Array(rows + Math.sign(rest));
  const precision = values instanceof Float32Array ? "f32" : "f64";
  const run = (part: Floats, count: number, out: Float64Array): boolean =>
    runRows(program, precision, {
      rows: count,
      columns: part.length / count,
      inputs: [part],
      outputs: [out],
    });
  const isDone =
    run(values.subarray(0, whole), rows, found.subarray(0, rows)) &&
    (rest === 0 || run(values.subarray(whole), 1, found.subarray(rows)));
  return isDone ? found : null;
}

/**
 * Σ x² over an array, in double precision: it overflows only where 10¹⁵⁴ is among the numbers.
 *
 * @example
 * sumOfSquares(new Float64Array([3, -4])); // 25
 */
export function sumOfSquares(values: Float32Array | Float64Array): number {
  const numbers = piecesOf(reductions.squares, values);
  return numbers === null ? plainSumOfSquares(values) : numbers.reduce((sum, x) => sum + x, 0);
}

/**
 * The largest |x| of an array, 0 if it is empty; NaN if a number is.
 *
 * @example
 * largestMagnitude(new Float64Array([3, -4])); // 4
 */
export function largestMagnitude(values: Float32Array | Float64Array): number {
  return plainLargestMagnitude(piecesOf(largest, values) ?? values);
}

/** Four sums side by side: one alone waits for itself at each addition. */
function plainSumOfSquares(values: Floats): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = values.length & -4;
  for (let i = 0; i < whole; i += 4) {
    const [x, y, z, w] = [values[i], values[i + 1], values[i + 2], values[i + 3]];
    a += x * x;
    b += y * y;
    c += z * z;
    d += w * w;
  }
  for (let i = whole; i < values.length; i++) a += values[i] * values[i];
  return a + b + (c + d);
}

/** `Math.max` keeps NaN. */
function plainLargestMagnitude(values: Floats): number {
  let [a, b] = [0, 0];
  const whole = values.length & -2;
  for (let i = 0; i < whole; i += 2) {
    a = Math.max(a, Math.abs(values[i]));
    b = Math.max(b, Math.abs(values[i + 1]));
  }
  for (let i = whole; i < values.length; i++) a = Math.max(a, Math.abs(values[i]));
  return Math.max(a, b);
}
