import { describe, expect, it } from "vitest";
import {
  backward,
  maxPool2dWithIndices,
  maxUnpool1d,
  maxUnpool2d,
  parameter,
  sum,
  tensor,
  zeros,
} from "../../../src/index.ts";
import { samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/spatial/unpooling");

const indices = (values: number[][]) => tensor(values, { dtype: "i32" });

describe("max unpooling", () => {
  it("puts maxima back, and nothing else", () => {
    const x = numbers([2, 4, 6]);
    const back = maxUnpool2d(...maxPool2dWithIndices(x, 2), 2);
    expect(back.shape).toEqual(x.shape);
    expect(maxPool2dWithIndices(back, 2, {})[1].size).toBe(12);
    back.values().forEach((value, k) => {
      if (value !== 0) expect(value).toBe(x.values()[k]);
    });
    expect(back.values().filter((value) => value !== 0)).toHaveLength(12);
  });

  it("gives each of several with one place the gradient of that place", () => {
    const x = parameter([[2, 2]]);
    const y = maxUnpool1d(x, indices([[1, 1]]), 2, { stride: 1 });
    expect(y.toArray()).toEqual([[0, 2, 0]]);
    backward(sum(y));
    expect(x.grad?.toArray()).toEqual([[1, 1]]);
  });

  it("says what does not fit", () => {
    expect(() => maxUnpool1d(zeros([1, 2]), indices([[0]]), 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxUnpool1d: expected two of the same shape [batch, channels, length], or without batch, got [1, 2] and [1, 1]]`,
    );
    expect(() => maxUnpool1d(zeros([1, 1]), indices([[2]]), 2)).toThrow("maxUnpool1d: expected");
    expect(() =>
      maxUnpool1d(zeros([1, 1]), indices([[0]]), 2, { outputSize: [4] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: maxUnpool1d: expected an output size closer than the stride to [2], got [4]]`,
    );
  });
});
