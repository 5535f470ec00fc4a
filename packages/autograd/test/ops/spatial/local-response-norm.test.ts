import { expect, it } from "vitest";
import { localResponseNorm, ones, zeros } from "../../../src/index.ts";

it("counts channels outside as zeros", () => {
  const y = localResponseNorm(ones([1, 4, 1], "f64"), 3, { alpha: 3, beta: 1, k: 0 });
  expect(y.toArray()).toEqual([[[1 / 2], [1 / 3], [1 / 3], [1 / 2]]]);
});

it("says what does not fit", () => {
  expect(() => localResponseNorm(zeros([1, 2]), 1)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: localResponseNorm: expected [batch, channels, ...], got [1, 2]]`,
  );
  expect(() => localResponseNorm(zeros([1, 2, 1]), 0)).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: localResponseNorm: expected a size that is a positive integer, got 0]`,
  );
});
