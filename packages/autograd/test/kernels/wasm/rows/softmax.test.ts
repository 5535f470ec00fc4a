import { describe, expect, it } from "vitest";
import type { RowKernel } from "../../../../src/kernels/rows.ts";
import * as softmax from "../../../../src/kernels/softmax.ts";
import { bothWays, describeRowKernels } from "./laws.ts";

const kernels: Readonly<Record<string, RowKernel>> = {
  softmax: softmax.softmaxRows,
  logSoftmax: softmax.logSoftmaxRows,
  sumExp: softmax.sumExpRows,
  softmaxPullback: softmax.softmaxPullbackRows,
  logSoftmaxPullback: softmax.logSoftmaxPullbackRows,
  timesExp: softmax.timesExpRows,
};

describeRowKernels(kernels, 16);

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

it.each([
  ["f32", 103, 2 ** -149],
  ["f64", 744, 2 ** -1074],
] as const)("%s: exponentials end where nothing is left of them", (precision, first, smallest) => {
  const columns = 33;
  const exact = Float64Array.from({ length: columns }, (_, k) => (k === 0 ? 0 : -first - k / 10));
  const operand = precision === "f32" ? Float32Array.from(exact) : exact;
  const [shares] = bothWays(softmax.softmaxRows, precision, { rows: 1, columns }, [operand]).vectors;
  shares.forEach((share, k) => {
    expect(Math.abs(share - Math.exp(operand[k]))).toBeLessThanOrEqual(smallest);
  });
  expect(shares[1]).toBeGreaterThan(0);
  expect(shares[columns - 1]).toBe(0);
});
