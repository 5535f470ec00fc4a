import type { RowKernel } from "../../../../src/kernels/rows.ts";
import { Arena } from "../../../../src/kernels/wasm/arena.ts";
import type { Precision } from "../../../../src/kernels/wasm/elementwise/body.ts";
import type { Floats } from "../../../../src/kernels/wasm/elementwise/program.ts";
import type { Place } from "../../../../src/kernels/wasm/rows/row-program.ts";
import { type RowCall, RowKernels } from "../../../../src/kernels/wasm/rows/run.ts";
import { host } from "../assembler/run-term.ts";

const kernels = new RowKernels(() => arena);
const arena = new Arena(host);

export const arrayFor = (place: Place, precision: Precision, rows: number, columns: number): Floats => {
  if (place === "column") return new Float64Array(rows);
  if (place === "row") return new Float64Array(columns);
  return precision === "f32" ? new Float32Array(rows * columns) : new Float64Array(rows * columns);
};

export interface Size {
  readonly rows: number;
  readonly columns: number;
}

/** What a kernel writes of given operands, in WebAssembly and in plain loops; filled with what neither should leave. */
export function bothWays(
  { program, plain }: RowKernel,
  precision: Precision,
  { rows, columns }: Size,
  inputs: readonly Floats[],
  numbers?: readonly number[],
): { vectors: readonly Floats[]; plain: readonly Floats[] } {
  const outputs = () =>
    program.outputs.map((place) => arrayFor(place, precision, rows, columns).fill(place === "row" ? 0 : 77));
  const [first, second] = [outputs(), outputs()];
  const call = (results: readonly Floats[]): RowCall => ({
    rows,
    columns,
    inputs,
    outputs: results,
    ...(numbers && { numbers }),
  });
  arena.float64.fill(Number.NaN); // what is read beyond an operand must not matter
  if (!kernels.run(program, precision, call(first))) throw new Error("expected WebAssembly with vectors");
  plain(call(second));
  return { vectors: first, plain: second };
}
