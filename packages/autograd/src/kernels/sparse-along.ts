import { dtypeOf, type TypedArray } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { denseData, type Strided } from "./strided.ts";
import { type Arena, sharedArena } from "./wasm/arena.ts";
import { sparseKernels } from "./wasm/sparse/kernels.ts";

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
export function multiplyAlong(
  x: Strided,
  axis: number,
  matrix: SparseMatrix,
  out: TypedArray,
  findArena = sharedArena,
): void {
  const { starts, columns } = matrix;
  const data = denseData(x);
  const extent = x.shape[axis];
  const inner = sizeOf(x.shape.slice(axis + 1));
  const rows = starts.length - 1;
  const planes = sizeOf(x.shape.slice(0, axis));
  if (columns.length * planes * inner >= leastProducts) {
    const arena = findArena();
    if (arena !== null && multiplyInArena(arena, data, planes, extent, inner, matrix, out)) return;
  }
  if (inner === 1) {
    for (let plane = 0; plane < planes; plane++)
      multiplyLine(matrix, data, plane * extent, out, plane * rows);
    return;
  }
  for (let plane = 0; plane < planes; plane++) {
    const from = plane * extent * inner;
    for (let row = 0; row < rows; row++) {
      const [first, end] = [starts[row], starts[row + 1]];
      const to = (plane * rows + row) * inner;
      const start = from + columns[first] * inner;
      if (end - first === 1) scaleRow(matrix.weights[first], data, start, out, to, inner);
      else if (end - first === 2) addTwoRows(matrix, first, data, from, out, to, inner);
      else if (end > first) addRows(matrix, first, end, data, from, out, to, inner);
      else out.fill(0, to, to + inner);
    }
  }
}

/** With fewer products, plain loops are done before the copies. */
const leastProducts = 1024;

/** Bytes of what is multiplied and of the result that are in the arena at once. */
const blockBytes = 131_072;

/** What kernels read and write behind what counts, in bytes. */
const slack = 128;

/** By kernels, a few planes at a time; says whether there are some. */
function multiplyInArena(
  arena: Arena,
  data: TypedArray,
  planes: number,
  extent: number,
  inner: number,
  { starts, columns, weights }: SparseMatrix,
  out: TypedArray,
): boolean {
  const dtype = dtypeOf(data);
  if ((dtype !== "f32" && dtype !== "f64") || dtypeOf(out) !== dtype) return false;
  const kernels = sparseKernels(arena, dtype);
  if (kernels === null) return false;
  const width = data.BYTES_PER_ELEMENT;
  const rows = starts.length - 1;
  const [size, results] = [extent * inner, rows * inner];
  const fitting = Math.ceil(blockBytes / ((size + results) * width) / 4) * 4;
  const together = Math.min(fitting, Math.ceil(planes / 4) * 4);
  const mark = arena.mark();
  try {
    const source = arena.allocate(together * size * width + slack);
    const target = arena.allocate(together * results * width + slack);
    const [atStarts, atColumns] = [arena.allocate(4 * starts.length), arena.allocate(4 * columns.length)];
    const atWeights = arena.allocate(8 * weights.length);
    const whole = new Int32Array(arena.memory.buffer);
    whole.set(starts, atStarts / 4);
    for (let k = 0; k < columns.length; k++) whole[atColumns / 4 + k] = columns[k] * inner * width;
    arena.float64.set(weights, atWeights / 8);
    const memory = width === 4 ? arena.float32 : arena.float64;
    for (let plane = 0; plane < planes; plane += together) {
      const count = Math.min(together, planes - plane);
      memory.set(data.subarray(plane * size, (plane + count) * size), source / width);
      if (inner === 1) {
        kernels.multiplyLines(source, target, count, size * width, atStarts, atColumns, atWeights, rows);
      } else {
        const rowBytes = inner * width;
        kernels.multiplyRows(
          source,
          target,
          count,
          size * width,
          atStarts,
          atColumns,
          atWeights,
          rows,
          rowBytes,
        );
      }
      out.set(memory.subarray(target / width, target / width + count * results), plane * results);
    }
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false; // no memory for the copies
    throw error;
  } finally {
    arena.release(mark);
  }
}

// Beginning with the first product instead of zero keeps -0. Few rows at once are the rule, and loops of their own twice as fast.

function multiplyLine(
  { starts, columns, weights }: SparseMatrix,
  data: TypedArray,
  from: number,
  out: TypedArray,
  to: number,
): void {
  for (let row = 0, k = 0; row < starts.length - 1; row++) {
    const end = starts[row + 1];
    if (k === end) {
      out[to + row] = 0;
      continue;
    }
    let total = weights[k] * data[from + columns[k]];
    for (k++; k < end; k++) total += weights[k] * data[from + columns[k]];
    out[to + row] = total;
  }
}

/** Shorter rows are copied by a loop: a subarray costs more than a few elements. */
const longRow = 24;

function scaleRow(
  weight: number,
  data: TypedArray,
  start: number,
  out: TypedArray,
  to: number,
  inner: number,
): void {
  if (weight === 1 && inner > longRow) out.set(data.subarray(start, start + inner), to);
  else for (let i = 0; i < inner; i++) out[to + i] = weight * data[start + i];
}

function addTwoRows(
  { columns, weights }: SparseMatrix,
  first: number,
  data: TypedArray,
  from: number,
  out: TypedArray,
  to: number,
  inner: number,
): void {
  const [a, b] = [weights[first], weights[first + 1]];
  const [above, below] = [from + columns[first] * inner, from + columns[first + 1] * inner];
  for (let i = 0; i < inner; i++) out[to + i] = a * data[above + i] + b * data[below + i];
}

function addRows(
  { columns, weights }: SparseMatrix,
  first: number,
  end: number,
  data: TypedArray,
  from: number,
  out: TypedArray,
  to: number,
  inner: number,
): void {
  for (let i = 0; i < inner; i++) {
    let total = weights[first] * data[from + columns[first] * inner + i];
    for (let k = first + 1; k < end; k++) total += weights[k] * data[from + columns[k] * inner + i];
    out[to + i] = total;
  }
}
