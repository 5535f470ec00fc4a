import { expect, it } from "vitest";
import { affineGrid, tensor, zeros } from "../../../src/index.ts";

it("places corners at -1 and 1, or outer edges", () => {
  const identity = tensor([
    [
      [1, 0, 0],
      [0, 1, 0],
    ],
  ]);
  const along = (alignCorners: boolean) =>
    affineGrid(identity, [1, 1, 1, 4], { alignCorners })
      .values()
      .filter((_, k) => k % 2 === 0);
  expect([...along(false)]).toEqual([-0.75, -0.25, 0.25, 0.75]);
  expect([...along(true)]).toEqual([-1, -1 / 3, 1 / 3, 1].map(Math.fround));
});

it("says what does not fit", () => {
  expect(() => affineGrid(zeros([1, 2, 3]), [2, 1, 3, 3])).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: affineGrid: expected [batch, 2, 3] and [batch, channels, height, width], or [batch, 3, 4] and the same with a depth, got [1, 2, 3] and [2, 1, 3, 3]]`,
  );
  expect(() => affineGrid(zeros([1, 3, 4]), [1, 1, 3, 3])).toThrow("affineGrid: expected [batch, 2, 3]");
  expect(() => affineGrid(zeros([1, 2, 3]), [1, 1, 0, 3])).toThrow("affineGrid: expected");
});
