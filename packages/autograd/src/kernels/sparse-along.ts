import type { TypedArray } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { denseData, type Strided } from "./strided.ts";

/** A sparse matrix by rows: row r holds `weights[k]` at column `columns[k]`, for k from `starts[r]` to `starts[r + 1]`. */
export interface SparseMatrix {
  /** The number of columns. */
  readonly width: number;
  /** One more than there are rows. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly weights: Float64Array;
}

/** The rows of a sparse matrix, as pairs of column and weight. */
export function sparseMatrix(
  width: number,
  rows: readonly (readonly (readonly [column: number, weight: number])[])[],
): SparseMatrix {
  const starts = new Int32Array(rows.length + 1);
  for (let row = 0; row < rows.length; row++) starts[row + 1] = starts[row] + rows[row].length;
  const entries = rows.flat();
  return {
    width,
    starts,
    columns: Int32Array.from(entries, ([column]) => column),
    weights: Float64Array.from(entries, ([, weight]) => weight),
  };
}

/** Rows and columns exchanged. */
export function transposeSparse({ width, starts, columns, weights }: SparseMatrix): SparseMatrix {
  const rows = starts.length - 1;
  const turned = new Int32Array(width + 1);
  for (const column of columns) turned[column + 1]++;
  for (let row = 0; row < width; row++) turned[row + 1] += turned[row];
  const next = turned.slice(0, width);
  const result = new Int32Array(columns.length);
  const moved = new Float64Array(columns.length);
  for (let row = 0; row < rows; row++) {
    for (let k = starts[row]; k < starts[row + 1]; k++) {
      const at = next[columns[k]]++;
      result[at] = row;
      moved[at] = weights[k];
    }
  }
  return { width: rows, starts: turned, columns: result, weights: moved };
}

/** Multiplies each line of `x` along `axis` by the matrix, into row-major `out`; sums are taken in double precision. */
export function multiplyAlong(x: Strided, axis: number, matrix: SparseMatrix, out: TypedArray): void {
  const { starts, columns, weights } = matrix;
  const data = denseData(x);
  const extent = x.shape[axis];
  const inner = sizeOf(x.shape.slice(axis + 1));
  const rows = starts.length - 1;
  const planes = sizeOf(x.shape.slice(0, axis));
  for (let plane = 0; plane < planes; plane++) {
    const from = plane * extent * inner;
    for (let row = 0; row < rows; row++) {
      const [first, end] = [starts[row], starts[row + 1]];
      if (first === end) continue;
      const to = (plane * rows + row) * inner;
      const start = from + columns[first] * inner;
      for (let i = 0; i < inner; i++) {
        // Beginning with the first product instead of zero keeps -0.
        let total = weights[first] * data[start + i];
        for (let k = first + 1; k < end; k++) total += weights[k] * data[from + columns[k] * inner + i];
        out[to + i] = total;
      }
    }
  }
}
