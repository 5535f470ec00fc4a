import { describe, expect, it } from "vitest";
import { aminmax, max, min, tensor, zeros } from "../../../src/index.ts";
import { gradientOf } from "./gradient-of.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

describe("extrema", () => {
  it("keep NaN, and give ties even shares", () => {
    expect(max(tensor([1, nan, 3])).item()).toBeNaN();
    expect(min(tensor([nan, 1])).item()).toBeNaN();
    expect(max(tensor([-inf, -inf])).item()).toBe(-inf);
    expect(gradientOf((v) => max(v), [2, 2, 1])).toEqual([0.5, 0.5, 0]);
    expect(
      gradientOf(
        (v) => min(v, { axis: 0 }),
        [
          [1, 5],
          [1, 3],
          [2, 3],
        ],
      ),
    ).toEqual([
      [0.5, 0],
      [0.5, 0.5],
      [0, 0.5],
    ]);
    expect(gradientOf((v) => max(v), [-inf, -inf])).toEqual([0.5, 0.5]);
  });

  it("take whole numbers and truth values", () => {
    expect(max(tensor([1, 3, 2], { dtype: "i32" }))).toMatchObject({ dtype: "i32" });
    expect(max(tensor([false, true])).item()).toBe(1);
  });

  it("come both at once", () => {
    const { min: least, max: most } = aminmax(
      tensor([
        [1, 5],
        [4, 2],
      ]),
      { axis: 1 },
    );
    expect([least.toArray(), most.toArray()]).toEqual([
      [1, 2],
      [5, 4],
    ]);
  });

  it("need an element", () => {
    expect(() => max(zeros([2, 0]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: max: expected at least one element along each axis, got [2, 0]]`,
    );
    expect(() => min(zeros([2, 0]), { axis: 1 })).toThrow("expected at least one element");
    expect(max(zeros([0, 2]), { axis: 1 }).shape).toEqual([0]);
  });
});
