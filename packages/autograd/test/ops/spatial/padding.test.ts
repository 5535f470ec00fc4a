import { describe, expect, it } from "vitest";
import { circularPad, reflectionPad, replicationPad, tensor, zeros } from "../../../src/index.ts";

const x = tensor([0, 1, 2, 3]);

describe("padding", () => {
  it("mirrors, repeats and goes round", () => {
    expect(reflectionPad(x, [[2, 3]]).toArray()).toEqual([2, 1, 0, 1, 2, 3, 2, 1, 0]);
    expect(replicationPad(x, [[2, 1]]).toArray()).toEqual([0, 0, 0, 1, 2, 3, 3]);
    expect(circularPad(x, [[2, 4]]).toArray()).toEqual([2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
  });

  it("cuts where a width is negative; what goes round is what is left", () => {
    expect(reflectionPad(x, [[-1, 2]]).toArray()).toEqual([1, 2, 3, 2, 1]);
    expect(replicationPad(x, [[1, -2]]).toArray()).toEqual([0, 0, 1]);
    expect(circularPad(x, [[-1, 2]]).toArray()).toEqual([1, 2, 3, 1, 2]);
    expect(circularPad(x, [[1, -1]]).toArray()).toEqual([2, 0, 1, 2]);
  });

  it("leaves other axes, and keeps signs of zeros and element types", () => {
    const rows = tensor([[-0, 7]]);
    const padded = reflectionPad(rows, [
      [0, 0],
      [1, 0],
    ]);
    expect(padded.toArray()).toEqual([[7, -0, 7]]);
    expect(replicationPad(tensor([1, 2], { dtype: "i32" }), [[0, 1]]).dtype).toBe("i32");
    expect(
      replicationPad(zeros([0, 2]), [
        [0, 0],
        [1, 1],
      ]).shape,
    ).toEqual([0, 4]);
  });

  it("says what does not fit", () => {
    expect(() => reflectionPad(x, [[4, 0]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reflectionPad: expected widths less than the extent, not [4, 0] at axis 0, got [4]]`,
    );
    expect(() => circularPad(x, [[0, 5]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: circularPad: expected widths that wrap around once at most, not [0, 5] at axis 0, got [4]]`,
    );
    expect(() => circularPad(x, [[-2, 3]])).toThrow("wrap around once");
    expect(() => replicationPad(zeros([0]), [[1, 0]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: replicationPad: expected an axis that has an outermost element, not [1, 0] at axis 0, got [0]]`,
    );
    expect(() => replicationPad(x, [[-3, -2]])).toThrow("replicationPad: expected");
    expect(() => reflectionPad(x, [])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: reflectionPad: expected 1 pairs of integers, got []]`,
    );
    expect(() => reflectionPad(x, [[0.5, 0]])).toThrow("reflectionPad: expected 1 pairs");
  });
});
