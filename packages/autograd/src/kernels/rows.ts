import { allocateUncleared, type Dtype, dtypeOf, type TypedArray } from "../dtype.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { fast } from "./reduce.ts";
import { reduceInVectors } from "./reduce-vectors.ts";
import { copyAs, copyInto, dense, denseData, type Strided } from "./strided.ts";
import { sumRows } from "./sum-rows.ts";
import type { RowProgram } from "./wasm/rows/row-program.ts";
import { type RowCall, runRows } from "./wasm/rows/run.ts";

/** From so many elements on, vectors take less time with their copies than plain loops do: *measured*. */
const leastElements = 64;

/** Rows that are longer would make the arena large for good. */
const longestRow = 1 << 20;

/** What is done with each row of a matrix: in WebAssembly, and the same in plain loops. */
export interface RowKernel {
  readonly program: RowProgram;
  plain(call: RowCall): void;
}

/** Who has the compiler for rows can have reductions in vectors, and by rows. */
function runnerOfRows(): typeof runRows {
  fast.reduce = (...reduction) => reduceInVectors(...reduction) || sumRows(...reduction);
  return runRows;
}

const run = /* @__PURE__ */ runnerOfRows();

/** Computes where the elements are of a floating-point type, which is that of the matrices. */
export function computeRows({ program, plain }: RowKernel, dtype: Dtype, call: RowCall): void {
  const { rows, columns } = call;
  const inVectors = rows * columns >= leastElements && columns <= longestRow;
  if (!(inVectors && run(program, dtype as "f32" | "f64", call))) plain(call);
}

/** What lies along some axes, as rows of a matrix: how many, and of how many elements. */
export function countRows(shape: Shape, axes: readonly number[]): { rows: number; columns: number } {
  let [rows, columns] = [1, 1];
  for (let axis = 0; axis < shape.length; axis++) {
    if (axes.includes(axis)) columns *= shape[axis];
    else rows *= shape[axis];
  }
  return { rows, columns };
}

/** The axes with those of the rows' elements at the end. */
function rowsFirst(rank: number, axes: readonly number[]): number[] {
  const all = Array.from({ length: rank }, (_, axis) => axis);
  return [...all.filter((axis) => !axes.includes(axis)), ...axes];
}

/** Whether the rows' elements are along the last axes already. */
function areLast(axes: readonly number[], rank: number): boolean {
  for (let k = 0; k < axes.length; k++) if (axes[k] !== rank - axes.length + k) return false;
  return true;
}

const turnedBy = ({ data, shape, strides, offset }: Strided, order: readonly number[]): Strided => ({
  data,
  shape: order.map((axis) => shape[axis]),
  strides: order.map((axis) => strides[axis]),
  offset,
});

/** The elements along `axes` one behind the other, in the given element type; the array may be shared. */
export function toRows(x: Strided, axes: readonly number[], dtype: Dtype): Float32Array | Float64Array {
  const turned = areLast(axes, x.shape.length) ? x : turnedBy(x, rowsFirst(x.shape.length, axes));
  return (dtypeOf(x.data) === dtype ? denseData(turned) : copyAs(turned, dtype)) as Float32Array;
}

/** The elements of rows along `axes` where they belong in a row-major array of `shape`. */
export function fromRows(rows: TypedArray, shape: Shape, axes: readonly number[]): TypedArray {
  if (areLast(axes, shape.length)) return rows;
  const order = rowsFirst(shape.length, axes);
  const out = allocateUncleared(dtypeOf(rows), sizeOf(shape));
  const { shape: turned, strides } = turnedBy(dense(out, shape), order);
  copyInto(out, strides, 0, dense(rows, turned));
  return out;
}
