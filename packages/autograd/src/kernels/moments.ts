import { allocate, type Dtype, type TypedArray } from "../dtype.ts";
import { computeRows, countRows, type RowKernel, toRows } from "./rows.ts";
import type { Strided } from "./strided.ts";
import * as programs from "./wasm/rows/channels.ts";

/** The mean of a row, and Σ (x - mean)². */
export const rowMoments: RowKernel = {
  program: programs.rowMoments,
  plain({ rows, columns, inputs: [x], outputs: [means, squares] }) {
    for (let row = 0, start = 0; row < rows; row++, start += columns) {
      let [mean, around] = [0, 0];
      for (let i = start; i < start + columns; i++) mean += x[i];
      mean /= columns;
      for (let i = start; i < start + columns; i++) around += (x[i] - mean) * (x[i] - mean);
      means[row] = mean;
      squares[row] = around;
    }
  },
};

/** Σ (x - mean)² over `axes`, by the divisor. */
export function varianceAlong(
  x: Strided,
  axes: readonly number[],
  divisor: number,
  dtype: Dtype,
): TypedArray {
  const size = countRows(x.shape, axes);
  const [means, squares] = [new Float64Array(size.rows), new Float64Array(size.rows)];
  computeRows(rowMoments, dtype, { ...size, inputs: [toRows(x, axes, dtype)], outputs: [means, squares] });
  const out = allocate(dtype, size.rows);
  for (let row = 0; row < size.rows; row++) out[row] = squares[row] / divisor;
  return out;
}
