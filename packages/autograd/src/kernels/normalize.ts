import { allocateUncleared, type Dtype, type TypedArray } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { computeRows, countRows, fromRows, type RowKernel, toRows } from "./rows.ts";
import type { Strided } from "./strided.ts";
import type { Floats } from "./wasm/elementwise/program.ts";
import * as programs from "./wasm/rows/normalize.ts";

/** A kernel that subtracts the mean, and one that does not. */
type Both = Readonly<Record<"centred" | "uncentred", RowKernel>>;

const both = (
  program: (centred: boolean) => RowKernel["program"],
  plain: (centred: boolean) => RowKernel["plain"],
): Both => ({
  centred: { program: program(true), plain: plain(true) },
  uncentred: { program: program(false), plain: plain(false) },
});

interface Moments {
  mean: number;
  variance: number;
  rstd: number;
}

function momentsOf(x: Floats, start: number, columns: number, centred: boolean, eps: number): Moments {
  let mean = 0;
  if (centred) {
    for (let i = start; i < start + columns; i++) mean += x[i];
    mean /= columns;
  }
  let squares = 0;
  for (let i = start; i < start + columns; i++) squares += (x[i] - mean) * (x[i] - mean);
  const variance = squares / columns;
  return { mean, variance, rstd: 1 / Math.sqrt(variance + eps) };
}

/** r (g - mean g - v mean(g v)) of one row. */
function pullBackRow(g: Floats, v: Floats, r: number, start: number, centred: boolean, out: Floats): void {
  const columns = g.length;
  let [total, weighed] = [0, 0];
  for (let i = 0; i < columns; i++) {
    total += g[i];
    weighed += g[i] * v[i];
  }
  const mean = centred ? total / columns : 0;
  const slope = weighed / columns;
  for (let i = 0; i < columns; i++) out[start + i] = r * (g[i] - mean - v[i] * slope);
}

/** (x - mean)/√(variance + eps), mean, variance and 1/√(variance + eps). */
export const standardizeRows: Both = /* @__PURE__ */ both(
  programs.standardize,
  (centred) =>
    ({ rows, columns, inputs: [x], outputs: [out, ...statistics], numbers: [eps] = [] }) => {
      for (let row = 0, start = 0; row < rows; row++, start += columns) {
        const { mean, variance, rstd } = momentsOf(x, start, columns, centred, eps);
        for (let i = start; i < start + columns; i++) out[i] = (x[i] - mean) * rstd;
        [mean, variance, rstd].forEach((value, k) => {
          statistics[k][row] = value;
        });
      }
    },
);

/** The pullback, from cotangent, value and 1/√(variance + eps). */
export const standardizePullbackRows: Both = /* @__PURE__ */ both(
  programs.standardizePullback,
  (centred) =>
    ({ rows, columns, inputs: [g, v, rstd], outputs: [out] }) => {
      for (let row = 0, start = 0; row < rows; row++, start += columns) {
        const end = start + columns;
        pullBackRow(g.subarray(start, end), v.subarray(start, end), rstd[row], start, centred, out);
      }
    },
);

/** (x - mean)/√(variance + eps) weight + bias. */
export const normalizeRows: Both = /* @__PURE__ */ both(
  programs.normalize,
  (centred) =>
    ({ rows, columns, inputs: [x, weight, bias], outputs: [out], numbers: [eps] = [] }) => {
      for (let row = 0, start = 0; row < rows; row++, start += columns) {
        const { mean, rstd } = momentsOf(x, start, columns, centred, eps);
        for (let i = 0; i < columns; i++) out[start + i] = (x[start + i] - mean) * rstd * weight[i] + bias[i];
      }
    },
);

/** Its pullback to x, from cotangent, x and weight. */
export const normalizePullbackRows: Both = /* @__PURE__ */ both(
  programs.normalizePullback,
  (centred) =>
    ({ rows, columns, inputs: [cotangent, x, weight], outputs: [out], numbers: [eps] = [] }) => {
      const [g, v] = [new Float64Array(columns), new Float64Array(columns)];
      for (let row = 0, start = 0; row < rows; row++, start += columns) {
        const { mean, rstd } = momentsOf(x, start, columns, centred, eps);
        for (let i = 0; i < columns; i++) {
          g[i] = cotangent[start + i] * weight[i];
          v[i] = (x[start + i] - mean) * rstd;
        }
        pullBackRow(g, v, rstd, start, centred, out);
      }
    },
);

/** Its pullback to the weight, from cotangent and x. */
export const weightPullbackRows: Both = /* @__PURE__ */ both(
  programs.weightPullback,
  (centred) =>
    ({ rows, columns, inputs: [cotangent, x], outputs: [out], numbers: [eps] = [] }) => {
      for (let row = 0, start = 0; row < rows; row++, start += columns) {
        const { mean, rstd } = momentsOf(x, start, columns, centred, eps);
        for (let i = 0; i < columns; i++) out[i] += cotangent[start + i] * ((x[start + i] - mean) * rstd);
      }
    },
);

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
