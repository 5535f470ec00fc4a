import { expect, it } from "vitest";
import * as normalize from "../../../../src/kernels/normalize-rows.ts";
import type { RowKernel } from "../../../../src/kernels/rows.ts";
import { bothWays, describeRowKernels } from "./laws.ts";

const pairs = {
  standardize: normalize.standardizeRows,
  standardizePullback: normalize.standardizePullbackRows,
  normalize: normalize.normalizeRows,
  normalizePullback: normalize.normalizePullbackRows,
  weightPullback: normalize.weightPullbackRows,
};

const kernels: Readonly<Record<string, RowKernel>> = Object.fromEntries(
  Object.entries(pairs).flatMap(([name, { centred, uncentred }]) => [
    [name, centred],
    [`${name}, the mean left in`, uncentred],
  ]),
);

describeRowKernels(kernels, 2, [1e-5]);

it("leaves no digits to the mean: rows far from zero, and rows of one number", () => {
  const columns = 11;
  const x = Float32Array.from({ length: 2 * columns }, (_, k) => (k < columns ? 4096 + (k % 4) / 8 : 0.1));
  const { vectors } = bothWays(normalize.standardizeRows.centred, "f32", { rows: 2, columns }, [x], [0]);
  const [value, mean, variance] = vectors;
  const own = Array.from(x.subarray(0, columns), Number);
  const average = own.reduce((sum, each) => sum + each, 0) / columns;
  const spread = own.reduce((sum, each) => sum + (each - average) ** 2, 0) / columns;
  expect(mean[0]).toBeCloseTo(average, 11);
  expect(variance[0] / spread).toBeCloseTo(1, 12);
  own.forEach((each, k) => {
    expect(Math.abs(value[k] - (each - average) / Math.sqrt(spread))).toBeLessThan(2 ** -23);
  });
  expect(mean[1]).toBe(Math.fround(0.1));
  expect(variance[1]).toBe(0);
});

it("takes moments in one pass in f32, and loses no digit of f32: even from a first number that is all the variance there is", () => {
  const size = { rows: 3, columns: 6000 };
  const firsts = [3e4, 0, -1e-3];
  const x = Float32Array.from({ length: 18_000 }, (_, k) =>
    k % 6000 === 0 ? firsts[k / 6000] : 1 + Math.sin(k) / 1000,
  );
  const f32 = bothWays(normalize.standardizeRows.centred, "f32", size, [x], [0]);
  const exact = bothWays(normalize.standardizeRows.centred, "f64", size, [Float64Array.from(x)], [0]).plain;
  for (const k of [1, 2, 3])
    for (let row = 0; row < 3; row++)
      expect(Math.abs(f32.vectors[k][row] / exact[k][row] - 1)).toBeLessThan(2 ** -33);
});
