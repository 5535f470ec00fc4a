import type { Matrix, MatrixData } from "../../src/kernels/matrix.ts";

/** Whether an operand is stored with its rows end to end, or its columns. */
export type Layout = "N" | "T";

export const layouts = ["NN", "NT", "TN", "TT"] as const;

/** A simple generator of numbers that do not repeat soon; each test starts its own. */
export function integersFrom(seed: number, limit: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return Math.round((state / 2 ** 31) * limit);
  };
}

/** A [rows, columns] matrix of the given numbers, with NaN before, behind and between them. */
export function matrixOf<D extends MatrixData>(
  Data: new (length: number) => D,
  rows: number,
  columns: number,
  next: () => number,
  { layout = "N", offset = 0, gap = 0 }: { layout?: Layout; offset?: number; gap?: number } = {},
): Matrix<D> {
  const [lines, length] = layout === "N" ? [rows, columns] : [columns, rows];
  const data = new Data(offset + lines * (length + gap) + 3).fill(Number.NaN) as D;
  const [rowStride, columnStride] = layout === "N" ? [length + gap, 1] : [1, length + gap];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) data[offset + i * rowStride + j * columnStride] = next();
  }
  return { data, offset, rowStride, columnStride };
}

/** The product by its definition, in double precision. */
export function productOf(m: number, n: number, k: number, a: Matrix, b: Matrix): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let l = 0; l < k; l++) {
        const x = a.data[a.offset + i * a.rowStride + l * a.columnStride];
        const y = b.data[b.offset + l * b.rowStride + j * b.columnStride];
        out[i * n + j] += x * y;
      }
    }
  }
  return out;
}

/** The first position where two lists differ, or -1. */
export function firstDifference(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) return 0;
  for (let k = 0; k < x.length; k++) if (!Object.is(x[k], y[k])) return k;
  return -1;
}
