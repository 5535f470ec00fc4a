import { describe, expect, it } from "vitest";
import {
  adaptiveMaxPool1d,
  adaptiveMaxPool2dWithIndices,
  maxPool2dWithIndices,
  tensor,
  zeros,
} from "../../../src/index.ts";
import { samplesOf } from "../../laws/samples.ts";

describe("adaptive max pooling", () => {
  it("covers an axis evenly, with parts that overlap where it does not divide", () => {
    expect(adaptiveMaxPool1d(tensor([[5, 1, 4, 2, 3]]), 3).toArray()).toEqual([[5, 4, 3]]);
    const [values, indices] = adaptiveMaxPool2dWithIndices(
      tensor([
        [
          [1, 2, 3],
          [6, 5, 4],
        ],
      ]),
      [null, 1],
    );
    expect([values.toArray(), indices.toArray()]).toEqual([[[[3], [6]]], [[[2], [3]]]]);
  });

  it("is pooling by windows of one size where the parts are equal", () => {
    const x = samplesOf("ops/spatial/adaptive-max-pooling").numbers([3, 2, 12, 15]);
    const [values, indices] = adaptiveMaxPool2dWithIndices(x, [4, 3]);
    const expected = maxPool2dWithIndices(x, [3, 5]);
    expect([values.toArray(), indices.toArray()]).toEqual(expected.map((each) => each.toArray()));
  });

  it("says what does not fit", () => {
    expect(() => adaptiveMaxPool1d(zeros([1, 0]), 1)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: adaptiveMaxPool1d: expected spatial axes that are not empty, got [1, 0]]`,
    );
    expect(() => adaptiveMaxPool1d(zeros([1, 3]), [1, 2])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: adaptiveMaxPool1d: expected 1 extents that are integers and not negative, got [1, 2]]`,
    );
    expect(() => adaptiveMaxPool1d(zeros([1, 3]), -1)).toThrow("adaptiveMaxPool1d: expected 1 extents");
  });
});
