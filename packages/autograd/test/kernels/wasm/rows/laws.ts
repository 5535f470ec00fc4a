import { describe, expect, it } from "vitest";
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

const sizes: readonly Size[] = [
  [1, 1],
  [3, 1],
  [2, 2],
  [5, 3],
  [4, 4],
  [3, 7],
  [64, 10],
  [37, 129],
  [2, 5001],
  [0, 3],
].map(([rows, columns]) => ({ rows, columns }));

/** Numbers from -8 to 8, no two alike. */
function operandsOf({ program }: RowKernel, precision: Precision, { rows, columns }: Size): Floats[] {
  return program.inputs.map((place, k) => {
    const values = arrayFor(place, precision, rows, columns);
    for (let i = 0; i < values.length; i++) values[i] = 8 * Math.sin(1.7 * i + k + 0.1);
    return values;
  });
}

/**
 * How far apart the two may be, relative to the largest number of a result: single precision has 2^-24, and of differences up to 16
 * some bits are lost; double precision has 2^-53, and so many are added up.
 */
const boundOf = (precision: Precision, columns: number, lost: number): number =>
  precision === "f32" ? lost * 2 ** -24 : (16 + columns) * 2 ** -53;

/**
 * That kernels in WebAssembly are what plain loops compute.
 *
 * @param lost    units of the last place that single precision may lose, because of differences that are rounded
 * @param numbers what the kernels take besides
 */
export function describeRowKernels(
  kernels: Readonly<Record<string, RowKernel>>,
  lost: number,
  numbers?: readonly number[],
): void {
  describe.each(Object.entries(kernels))("%s", (_, kernel) => {
    it.each(["f32", "f64"] as const)(
      "is what plain loops compute, for rows of any length: %s",
      (precision) => {
        for (const size of sizes) {
          const found = bothWays(kernel, precision, size, operandsOf(kernel, precision, size), numbers);
          found.plain.forEach((expected, k) => {
            let largest = 0;
            for (const x of expected) largest = Math.max(largest, Math.abs(x));
            for (let i = 0; i < expected.length; i++) {
              const difference = Math.abs(found.vectors[k][i] - expected[i]);
              if (Object.is(found.vectors[k][i], expected[i])) continue;
              if (!(difference <= boundOf(precision, size.columns, lost) * largest))
                expect.fail(
                  `[${size.rows}, ${size.columns}] ${i}: ${found.vectors[k][i]}, plain ${expected[i]}`,
                );
            }
          });
        }
      },
    );

    // Where rows are added up none has a result of its own.
    const separate = kernel.program.outputs.includes("row") ? [] : (["f32", "f64"] as const);
    it.each(separate)("gives a row the same bits wherever it stands: %s", (precision) => {
      const columns = 13;
      const one = operandsOf(kernel, precision, { rows: 1, columns });
      const many = kernel.program.inputs.map((place, k) => {
        const values = arrayFor(place, precision, 900, columns);
        for (let i = 0; i < values.length; i++) values[i] = one[k][i % one[k].length];
        return values;
      });
      const [alone] = bothWays(kernel, precision, { rows: 1, columns }, one, numbers).vectors;
      const [all] = bothWays(kernel, precision, { rows: 900, columns }, many, numbers).vectors;
      all.forEach((x, i) => {
        if (!Object.is(x, alone[i % alone.length]))
          expect.fail(`${i}: ${x}, alone ${alone[i % alone.length]}`);
      });
    });

    it.each(["f32", "f64"] as const)("passes NaN on within its row, and no further: %s", (precision) => {
      const size = { rows: 3, columns: 6 };
      for (let place = 0; place < 6; place++) {
        const operands = operandsOf(kernel, precision, size);
        operands[0][6 + place] = Number.NaN;
        const { vectors, plain } = bothWays(kernel, precision, size, operands, numbers);
        plain.forEach((expected, k) => {
          expect(Array.from(vectors[k], Number.isNaN)).toEqual(Array.from(expected, Number.isNaN));
        });
        expect(plain.some((values) => values.some((x) => x !== x))).toBe(true);
      }
    });
  });
}
