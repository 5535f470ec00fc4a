import { allocate, allocateUncleared, type Dtype, type TypedArray } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { computeRows, countRows, fromRows, type RowKernel, toRows } from "./rows.ts";
import type { Strided } from "./strided.ts";
import type { Floats } from "./wasm/elementwise/program.ts";
import * as programs from "./wasm/rows/softmax.ts";

/** exp(x)/Σ exp(x), from differences to the largest element, so that nothing overflows. */
export const softmaxRows: RowKernel = {
  program: programs.softmax,
  plain({ rows, columns, inputs: [x], outputs: [out] }) {
    const powers = new Float64Array(columns);
    for (let row = 0, start = 0; row < rows; row++, start += columns) {
      const shift = shiftOf(x, start, columns);
      let total = 0;
      for (let i = 0; i < columns; i++) {
        const power = Math.exp(x[start + i] - shift);
        powers[i] = power;
        total += power;
      }
      for (let i = 0; i < columns; i++) out[start + i] = powers[i] / total;
    }
  },
};

/** x - log Σ exp(x). */
export const logSoftmaxRows: RowKernel = {
  program: programs.logSoftmax,
  plain({ rows, columns, inputs: [x], outputs: [out] }) {
    for (let row = 0, start = 0; row < rows; row++, start += columns) {
      const shift = shiftOf(x, start, columns);
      const logTotal = Math.log(totalOf(x, start, columns, shift));
      for (let i = 0; i < columns; i++) out[start + i] = x[start + i] - shift - logTotal;
    }
  },
};

/** What is subtracted from a row, and Σ exp(x) of what is left: two numbers a row, of double precision. */
export const sumExpRows: RowKernel = {
  program: programs.sumExp,
  plain({ rows, columns, inputs: [x], outputs: [shifts, totals] }) {
    for (let row = 0, start = 0; row < rows; row++, start += columns) {
      shifts[row] = shiftOf(x, start, columns);
      totals[row] = totalOf(x, start, columns, shifts[row]);
    }
  },
};

/** y (g - Σ g y). */
export const softmaxPullbackRows: RowKernel = {
  program: programs.softmaxPullback,
  plain({ rows, columns, inputs: [g, y], outputs: [out] }) {
    for (let row = 0, start = 0; row < rows; row++, start += columns) {
      let total = 0;
      for (let i = start; i < start + columns; i++) total += g[i] * y[i];
      for (let i = start; i < start + columns; i++) out[i] = y[i] * (g[i] - total);
    }
  },
};

/** g - exp(y) Σ g. */
export const logSoftmaxPullbackRows: RowKernel = {
  program: programs.logSoftmaxPullback,
  plain({ rows, columns, inputs: [g, y], outputs: [out] }) {
    for (let row = 0, start = 0; row < rows; row++, start += columns) {
      let total = 0;
      for (let i = start; i < start + columns; i++) total += g[i];
      for (let i = start; i < start + columns; i++) out[i] = g[i] - Math.exp(y[i]) * total;
    }
  },
};

/** f exp(x - shift), for two numbers a row. */
export const timesExpRows: RowKernel = {
  program: programs.timesExp,
  plain({ rows, columns, inputs: [x, shifts, factors], outputs: [out] }) {
    for (let row = 0, start = 0; row < rows; row++, start += columns) {
      const [shift, factor] = [shifts[row], factors[row]];
      for (let i = start; i < start + columns; i++) out[i] = factor * Math.exp(x[i] - shift);
    }
  },
};

/** The largest element of a row; 0 where that is infinite: subtracting it must not make NaN of infinities. */
function shiftOf(x: Floats, start: number, columns: number): number {
  let largest = -Infinity;
  for (let i = start; i < start + columns; i++) if (x[i] > largest) largest = x[i];
  return Number.isFinite(largest) ? largest : 0;
}

function totalOf(x: Floats, start: number, columns: number, shift: number): number {
  let total = 0;
  for (let i = start; i < start + columns; i++) total += Math.exp(x[i] - shift);
  return total;
}

/** log Σ exp(x) over some axes. */
export function logSumExpAlong(x: Strided, axes: readonly number[], dtype: Dtype): TypedArray {
  const size = countRows(x.shape, axes);
  const [shifts, totals] = [new Float64Array(size.rows), new Float64Array(size.rows)];
  computeRows(sumExpRows, dtype, { ...size, inputs: [toRows(x, axes, dtype)], outputs: [shifts, totals] });
  const out = allocate(dtype, size.rows);
  for (let row = 0; row < size.rows; row++) out[row] = shifts[row] + Math.log(totals[row]);
  return out;
}

/** What a kernel makes of operands of one shape along some axes, in a row-major array of that shape. */
export function alongAxes(
  kernel: RowKernel,
  operands: readonly Strided[],
  axes: readonly number[],
  dtype: Dtype,
): TypedArray {
  const [{ shape }] = operands;
  const out = allocateUncleared(dtype, sizeOf(shape)) as Floats;
  const inputs = operands.map((operand) => toRows(operand, axes, dtype));
  computeRows(kernel, dtype, { ...countRows(shape, axes), inputs, outputs: [out] });
  return fromRows(out, shape, axes);
}
