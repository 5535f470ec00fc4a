import type { RowKernel } from "./rows.ts";
import * as programs from "./wasm/rows/channels.ts";

/** (x - mean) factor + shift, for three numbers a row. */
export const scaleRows: RowKernel = {
  program: programs.scaleRows,
  plain({ rows, columns, inputs: [x, means, factors, shifts], outputs: [out] }) {
    for (let row = 0, start = 0; row < rows; row++, start += columns) {
      const [mean, factor, shift] = [means[row], factors[row], shifts[row]];
      for (let i = start; i < start + columns; i++) out[i] = (x[i] - mean) * factor + shift;
    }
  },
};

/** Σ g and Σ g (x - mean). */
export const weighedSums: RowKernel = {
  program: programs.weighedSums,
  plain({ rows, columns, inputs: [g, x, means], outputs: [totals, weighed] }) {
    for (let row = 0, start = 0; row < rows; row++, start += columns) {
      let [total, along] = [0, 0];
      for (let i = start; i < start + columns; i++) {
        total += g[i];
        along += g[i] * (x[i] - means[row]);
      }
      totals[row] = total;
      weighed[row] = along;
    }
  },
};

/** g factor - (x - mean) slope - shift, for four numbers a row. */
export const combineRows: RowKernel = {
  program: programs.combineRows,
  plain({ rows, columns, inputs: [g, x, means, factors, slopes, shifts], outputs: [out] }) {
    for (let row = 0, start = 0; row < rows; row++, start += columns) {
      const [mean, factor, slope, shift] = [means[row], factors[row], slopes[row], shifts[row]];
      for (let i = start; i < start + columns; i++) out[i] = g[i] * factor - (x[i] - mean) * slope - shift;
    }
  },
};
