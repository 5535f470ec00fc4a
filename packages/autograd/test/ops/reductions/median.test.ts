import { describe, expect, it } from "vitest";
import { median, medianAlong, nanmedian, nanmedianAlong, tensor, zeros } from "../../../src/index.ts";
import { gradientOf } from "./gradient-of.ts";

const { NaN: nan } = Number;
const rows = tensor([
  [1, nan, 3],
  [4, 2, 2],
]);

describe("the median of all elements", () => {
  it("is the lower of two, and shares the gradient among ties: PyTorch's", () => {
    expect(
      median(
        tensor([
          [1, 4],
          [3, 2],
        ]),
      ).item(),
    ).toBe(2);
    expect(gradientOf(median, [3, 1, 3, 3, 5])).toEqual([1 / 3, 0, 1 / 3, 1 / 3, 0]);
    expect(gradientOf(median, [1, 2, 3, 4])).toEqual([0, 1, 0, 0]);
    expect(median(tensor(7)).item()).toBe(7);
  });

  it("is NaN if an element is, or leaves it out", () => {
    expect(median(rows).item()).toBeNaN();
    expect(nanmedian(rows).item()).toBe(2);
    expect(gradientOf(nanmedian, [1, nan, 3])).toEqual([1, 0, 0]);
    expect(nanmedian(tensor([nan, nan])).item()).toBeNaN();
  });
});

describe("the median along an axis", () => {
  it("comes with its position: PyTorch's", () => {
    const { values, indices } = medianAlong(rows);
    expect([values.toArray(), indices.toArray()]).toEqual([
      [nan, 2],
      [1, 2],
    ]);
    expect(medianAlong(tensor([4, 1, 3, 2]), 0, { keepDims: true }).values.toArray()).toEqual([2]);
    expect(gradientOf((v) => medianAlong(v).values, [2, 4, 2])).toEqual([0, 0, 1]);
    expect(medianAlong(tensor(7), 0).indices.toArray()).toBe(0);
  });

  it("leaves NaN out, where asked to", () => {
    const { values, indices } = nanmedianAlong(
      tensor([
        [1, nan, 3],
        [nan, nan, nan],
      ]),
    );
    expect([values.toArray(), indices.toArray()]).toEqual([
      [1, nan],
      [0, 0],
    ]);
    expect(nanmedianAlong(tensor([4, nan, 3, 1])).indices.item()).toBe(2);
    expect(gradientOf((v) => nanmedianAlong(v).values, [4, nan, 3, 1])).toEqual([0, 0, 1, 0]);
  });
});

it("needs an element", () => {
  expect(() => median(zeros([0]))).toThrow("expected at least one element");
  expect(() => medianAlong(zeros([2, 0]), 1)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: medianAlong: expected at least one element along axis 1, got [2, 0]]`,
  );
});
