import { allocateUncleared, type Dtype, type TypedArray } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { type Both, standardizePullbackRows, standardizeRows } from "./normalize-rows.ts";
import { computeRows, countRows, fromRows, type RowKernel, toRows } from "./rows.ts";
import type { Strided } from "./strided.ts";
import type { Floats } from "./wasm/elementwise/program.ts";

/** How something is normalised. */
export interface Normalization {
  /** Over these axes together. */
  readonly axes: readonly number[];
  /** Whether the mean is subtracted. */
  readonly centred: boolean;
  /** Added to the variance, or to the mean square. */
  readonly eps: number;
}

const kernelFor = (kernels: Both, { centred }: { readonly centred: boolean }): RowKernel =>
  centred ? kernels.centred : kernels.uncentred;

/** Value, mean, variance and 1/√(variance + eps). */
export function standardizeAlong(x: Strided, how: Normalization, dtype: Dtype): TypedArray[] {
  const { rows, columns } = countRows(x.shape, how.axes);
  const value = allocateUncleared(dtype, rows * columns) as Floats;
  const statistics = [0, 1, 2].map(() => new Float64Array(rows));
  computeRows(kernelFor(standardizeRows, how), dtype, {
    rows,
    columns,
    inputs: [toRows(x, how.axes, dtype)],
    outputs: [value, ...statistics],
    numbers: [how.eps],
  });
  return [fromRows(value, x.shape, how.axes), ...statistics.map((values) => fromDoubles(values, dtype))];
}

export function standardizePullbackAlong(
  [g, value, rstd]: readonly Strided[],
  how: Omit<Normalization, "eps">,
  dtype: Dtype,
): TypedArray {
  const out = allocateUncleared(dtype, sizeOf(value.shape)) as Floats;
  computeRows(kernelFor(standardizePullbackRows, how), dtype, {
    ...countRows(value.shape, how.axes),
    inputs: [toRows(g, how.axes, dtype), toRows(value, how.axes, dtype), toDoubles(rstd)],
    outputs: [out],
  });
  return fromRows(out, value.shape, how.axes);
}

/** What a kernel makes of matrices, rows along the last axes, and of rows that are common to all. */
export function normalizeTrailing(
  kernels: Both,
  matrices: readonly Strided[],
  common: readonly Strided[],
  how: Normalization,
  dtype: Dtype,
): TypedArray {
  const size = countRows(matrices[0].shape, how.axes);
  const kernel = kernelFor(kernels, how);
  const isRow = kernel.program.outputs[0] === "row";
  const out = (
    isRow ? new Float64Array(size.columns) : allocateUncleared(dtype, size.rows * size.columns)
  ) as Floats;
  const inputs = [...matrices.map((matrix) => toRows(matrix, how.axes, dtype)), ...common.map(toDoubles)];
  computeRows(kernel, dtype, { ...size, inputs, outputs: [out], numbers: [how.eps] });
  return isRow ? fromDoubles(out, dtype) : out;
}

function toDoubles(x: Strided): Floats {
  return toRows(x, [], "f64");
}

function fromDoubles(values: Floats, dtype: Dtype): TypedArray {
  return dtype === "f64" ? values : Float32Array.from(values);
}
