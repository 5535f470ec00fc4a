import type { RowKernel } from "./rows.ts";
import type { Floats } from "./wasm/elementwise/program.ts";
import * as programs from "./wasm/rows/normalize.ts";

/** A kernel that subtracts the mean, and one that does not. */
export type Both = Readonly<Record<"centred" | "uncentred", RowKernel>>;

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
