import { describe, expect, it } from "vitest";
import type { RowKernel } from "../../../../src/kernels/rows.ts";
import * as softmax from "../../../../src/kernels/softmax.ts";
import type { Floats } from "../../../../src/kernels/wasm/elementwise/program.ts";
import { arrayFor, bothWays, type Size } from "./operands.ts";

const kernels: Readonly<Record<string, RowKernel>> = {
  softmax: softmax.softmaxRows,
  logSoftmax: softmax.logSoftmaxRows,
  sumExp: softmax.sumExpRows,
  softmaxPullback: softmax.softmaxPullbackRows,
  logSoftmaxPullback: softmax.logSoftmaxPullbackRows,
  timesExp: softmax.timesExpRows,
};

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
  [3, 0],
].map(([rows, columns]) => ({ rows, columns }));

/** Numbers from -8 to 8, no two alike. */
function operandsOf({ program }: RowKernel, precision: "f32" | "f64", { rows, columns }: Size): Floats[] {
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
const boundOf = (precision: "f32" | "f64", columns: number): number =>
  precision === "f32" ? 16 * 2 ** -24 : (16 + columns) * 2 ** -53;

describe.each(Object.entries(kernels))("%s", (_, kernel) => {
  it.each(["f32", "f64"] as const)("is what plain loops compute, for rows of any length: %s", (precision) => {
    for (const size of sizes) {
      const found = bothWays(kernel, precision, size, operandsOf(kernel, precision, size));
      found.plain.forEach((expected, k) => {
        let largest = 0;
        for (const x of expected) largest = Math.max(largest, Math.abs(x));
        for (let i = 0; i < expected.length; i++) {
          const difference = Math.abs(found.vectors[k][i] - expected[i]);
          if (difference > boundOf(precision, size.columns) * largest)
            expect.fail(`[${size.rows}, ${size.columns}] ${i}: ${found.vectors[k][i]}, plain ${expected[i]}`);
        }
      });
    }
  });

  it.each(["f32", "f64"] as const)("gives a row the same bits wherever it stands: %s", (precision) => {
    const columns = 13;
    const one = operandsOf(kernel, precision, { rows: 1, columns });
    const many = kernel.program.inputs.map((place, k) => {
      const values = arrayFor(place, precision, 900, columns);
      for (let i = 0; i < values.length; i++) values[i] = one[k][i % one[k].length];
      return values;
    });
    const [alone] = bothWays(kernel, precision, { rows: 1, columns }, one).vectors;
    const [all] = bothWays(kernel, precision, { rows: 900, columns }, many).vectors;
    all.forEach((x, i) => {
      if (!Object.is(x, alone[i % alone.length])) expect.fail(`${i}: ${x}, alone ${alone[i % alone.length]}`);
    });
  });

  it.each(["f32", "f64"] as const)("passes NaN on within its row, and no further: %s", (precision) => {
    const size = { rows: 3, columns: 6 };
    for (let place = 0; place < 6; place++) {
      const operands = operandsOf(kernel, precision, size);
      operands[0][6 + place] = Number.NaN;
      const { vectors, plain } = bothWays(kernel, precision, size, operands);
      plain.forEach((expected, k) => {
        expect(Array.from(vectors[k], Number.isNaN)).toEqual(Array.from(expected, Number.isNaN));
      });
      expect(plain.some((values) => values.some((x) => x !== x))).toBe(true);
    }
  });
});

describe.each(["f32", "f64"] as const)("infinities: %s", (precision) => {
  it.each([
    ["above", [1, Infinity, 3]],
    ["below", [1, -Infinity, 3]],
    ["all below", [-Infinity, -Infinity, -Infinity]],
    ["both", [Infinity, -Infinity, 0]],
  ])("%s: as in plain loops", (_, values) => {
    const x = Float64Array.from(values);
    const operand = precision === "f32" ? Float32Array.from(x) : x;
    for (const kernel of [softmax.softmaxRows, softmax.logSoftmaxRows, softmax.sumExpRows]) {
      const { vectors, plain } = bothWays(kernel, precision, { rows: 1, columns: 3 }, [operand]);
      const rounded = (x: number) => Math.round(x * 1e6) / 1e6;
      expect(Array.from(vectors[0], rounded)).toEqual(Array.from(plain[0], rounded));
    }
  });
});

it("rows far from zero keep their digits in f32", () => {
  const size = { rows: 1, columns: 8 };
  const x = Float32Array.from({ length: 8 }, (_, k) => 1000 + k / 4);
  const [shift, total] = bothWays(softmax.sumExpRows, "f32", size, [x]).vectors;
  const factor = Float64Array.of(1 / total[0]);
  const { vectors } = bothWays(softmax.timesExpRows, "f32", size, [x, shift, factor]);
  const [exact] = bothWays(softmax.softmaxRows, "f64", size, [Float64Array.from(x)]).plain;
  vectors[0].forEach((share, k) => {
    expect(Math.abs(share / exact[k] - 1)).toBeLessThan(2 ** -21);
  });
});
