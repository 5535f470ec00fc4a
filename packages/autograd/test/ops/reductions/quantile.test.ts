import { describe, expect, it } from "vitest";
import { gradients, nanquantile, parameter, quantile, sum, tensor, zeros } from "../../../src/index.ts";
import { gradientOf } from "./gradient-of.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const f64 = (values: Parameters<typeof tensor>[0]): ReturnType<typeof tensor> =>
  tensor(values, { dtype: "f64" });
const parts = f64([0, 0.3, 0.5, 1]);

describe("quantiles", () => {
  // PyTorch 1.13.
  it.each([
    ["linear", [1, 2.8, 3.5, 8], [0.5, 1.1, 1.4, 1]],
    ["lower", [1, 1, 3, 8], [0, 2, 1, 1]],
    ["higher", [1, 3, 4, 8], [1, 1, 1, 1]],
    ["nearest", [1, 3, 4, 8], [1, 1, 1, 1]],
    ["midpoint", [1, 2, 3.5, 8], [0.5, 1.5, 1, 1]],
  ] as const)("between elements are %s", (interpolation, values, gradient) => {
    const close = (list: readonly number[]): unknown => list.map((value) => expect.closeTo(value, 14));
    const data = [4, 1, 3, 8];
    expect(quantile(f64(data), parts, { interpolation }).toArray()).toEqual(close(values));
    expect(gradientOf((x) => quantile(x, parts, { interpolation }), data)).toEqual(close(gradient));
  });

  it("have the parts in front, and keep the axis where asked to", () => {
    const x = zeros([2, 3, 4]);
    expect(quantile(x, 0.5).shape).toEqual([]);
    expect(quantile(x, 0.5, { keepDims: true }).shape).toEqual([1, 1, 1]);
    expect(quantile(x, parts, { axis: 1 }).shape).toEqual([4, 2, 4]);
    expect(quantile(x, parts, { axis: -1, keepDims: true }).shape).toEqual([4, 2, 3, 1]);
    expect(quantile(tensor(3), tensor([0.5]), { axis: 0 }).toArray()).toEqual([3]);
  });

  it("move with the part", () => {
    const q = parameter([0.2, 0.8], { dtype: "f64" });
    expect(gradients(sum(quantile(f64([1, 2, 4]), q)), [q])[0].toArray()).toEqual([
      expect.closeTo(2, 14),
      expect.closeTo(4, 14),
    ]);
  });

  it("are NaN if an element or the part is, unless NaN is left out", () => {
    const rows = f64([
      [1, nan, 2],
      [1, 2, 3],
    ]);
    for (const interpolation of ["linear", "lower", "midpoint"] as const) {
      expect(quantile(rows, 0.5, { axis: 1, interpolation }).toArray()).toEqual([nan, 2]);
      expect(quantile(f64([1, 2]), nan, { interpolation }).item()).toBeNaN();
    }
    expect(nanquantile(rows, 0.5, { axis: 1 }).toArray()).toEqual([1.5, 2]);
    expect(nanquantile(f64([nan, nan]), 0.5).item()).toBeNaN();
    expect(gradientOf((x) => nanquantile(x, 0.25), [4, nan, 3, 1])).toEqual([0, 0, 0.5, 0.5]);
  });

  it("of whole numbers are reals", () => {
    for (const q of [0, 1, tensor([0.5])])
      expect(quantile(tensor([1, 2], { dtype: "i32" }), q)).toMatchObject({ dtype: "f32" });
  });

  it("reach infinite elements", () => {
    expect(quantile(f64([1, 2, inf]), f64([0.5, 0.75, 1])).toArray()).toEqual([2, inf, inf]);
  });

  it("need parts from 0 to 1 and an element", () => {
    expect(() => quantile(f64([1, 2]), 1.5)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: quantile: expected parts from 0 to 1, got 1.5]`,
    );
    expect(() => nanquantile(f64([1, 2]), f64([0, -1]))).toThrow("expected parts from 0 to 1, got -1");
    expect(() => quantile(f64([1, 2]), f64([[0]]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: quantile: expected parts that are one number or a vector, got [1, 1]]`,
    );
    expect(() => quantile(zeros([0]), 0.5)).toThrow("expected at least one element");
  });
});
