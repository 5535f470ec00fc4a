import { describe, expect, it } from "vitest";
import { layoutOf } from "../../src/shape/layout.ts";

const view = (shape: readonly number[], strides: readonly number[]) => ({ shape, strides });

describe("layoutOf", () => {
  it.each([
    ["dense", view([4, 5], [5, 1]), [4, 5]],
    ["dense", view([4, 1, 5], [5, 99, 1]), [4, 1, 5]],
    ["dense", view([5], [1]), [1, 5]],
    ["single", view([1, 1], [7, 7]), [4, 5]],
    ["single", view([4, 5], [0, 0]), [4, 5]],
    ["single", view([], []), [3]],
    ["strided", view([5], [1]), [4, 5]],
    ["strided", view([4, 1], [1, 1]), [4, 5]],
    ["strided", view([4, 5], [1, 4]), [4, 5]],
    ["strided", view([4, 5], [10, 1]), [4, 5]],
    ["strided", view([5], [2]), [5]],
  ] as const)("says %s", (layout, operand, shape) => {
    expect(layoutOf(operand, shape)).toBe(layout);
  });
});
