import { describe, expect, it } from "vitest";
import {
  adaptiveAvgPool1d,
  avgPool1d,
  avgPool2d,
  mean,
  measureGraph,
  ones,
  parameter,
  tensor,
  windows,
  zeros,
} from "../../../src/index.ts";
import { samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/spatial/average-pooling");

describe("average pooling", () => {
  it("is the mean of each window", () => {
    const x = numbers([2, 5, 6]);
    const expected = mean(windows(x, [1, 2], [2, 3], { stride: [1, 2] }), { axis: [-2, -1] }).values();
    avgPool2d(x, [2, 3], { stride: [1, 2] })
      .values()
      .forEach((value, k) => {
        expect(value).toBeCloseTo(expected[k], 14);
      });
  });

  it("counts padding as zeros unless told otherwise, and never what the ceiling adds", () => {
    const x = tensor([[4, 4, 4, 4]]);
    const options = { stride: 2, padding: 1, ceilMode: true };
    expect(avgPool1d(x, 3, options).toArray()).toEqual([[8 / 3, 4, 2].map(Math.fround)]);
    expect(avgPool1d(x, 3, { ...options, countIncludePad: false }).toArray()).toEqual([[4, 4, 4]]);
    expect(avgPool1d(x, 3, { ...options, divisorOverride: 2 }).toArray()).toEqual([[4, 6, 2]]);
  });

  it("is exact for ones, whatever the size of the window", () => {
    expect(avgPool2d(ones([1, 7, 7]), 7).toArray()).toEqual([[[1]]]);
    expect(adaptiveAvgPool1d(ones([1, 11]), 3).toArray()).toEqual([[1, 1, 1]]);
  });

  it("keeps NaN where it is seen, and only there", () => {
    expect(avgPool1d(tensor([[1, Number.NaN, 3, 5]]), 2).toArray()).toEqual([[Number.NaN, 4]]);
  });

  it("gives reals for whole numbers", () => {
    const means = avgPool1d(tensor([[1, 2]], { dtype: "i32" }), 2);
    expect([means.dtype, means.toArray()]).toEqual(["f32", [[1.5]]]);
  });

  it("counts two operations for each weight of each axis, and the division", () => {
    // Rows: 2 · 2 · 4 sums of two; columns: 2 · 2 · 2 of them; 8 quotients.
    expect(measureGraph(avgPool2d(parameter(ones([2, 4, 4])), 2)).flops).toBe(16 * 4 + 8 * 4 + 8);
  });

  it("says what does not fit", () => {
    expect(() => avgPool2d(zeros([1, 2, 2]), 3)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: avgPool2d: expected windows that see an element each, got [1, 2, 2] and [3, 3]]`,
    );
    expect(() => avgPool2d(zeros([1, 2, 2]), 2, { divisorOverride: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: avgPool2d: expected a divisor that is not zero, got 0]`,
    );
    expect(() => adaptiveAvgPool1d(zeros([2]), 1)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: adaptiveAvgPool1d: expected [batch, channels, length], or the same without batch, got [2]]`,
    );
  });
});
