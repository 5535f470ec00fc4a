import { fromData, Generator, randn, slice, type Tensor, zeros } from "@isograd/autograd";
import { InstanceNorm1d, InstanceNorm2d } from "@isograd/nn";
import { describe, expect, it } from "vitest";

const drawn = (name: string, ...shape: number[]): Tensor => randn(new Generator(name), shape, "f64");

describe("InstanceNorm", () => {
  it("normalises each example by itself, in a batch or alone", () => {
    const layer = new InstanceNorm2d({ numFeatures: 2 });
    const x = drawn("x", 3, 2, 4, 5);
    const result = layer.call(x);
    const values = result.values();
    for (let channel = 0; channel < 6; channel++) {
      const own = values.slice(20 * channel, 20 * channel + 20) as Float64Array;
      expect(own.reduce((a, b) => a + b) / 20).toBeCloseTo(0, 12);
      expect(own.reduce((a, b) => a + b * b, 0) / 20).toBeCloseTo(1, 3);
    }
    const second = fromData(x.values().slice(40, 80), [2, 4, 5]);
    const alone = layer.call(second).values();
    slice(result, 0, { start: 1, end: 2 })
      .values()
      .forEach((value, i) => {
        expect(alone[i]).toBeCloseTo(value, 14);
      });
    expect(layer.call(second).shape).toEqual([2, 4, 5]);
  });

  it("is the same in evaluation unless it remembers, and learns nothing then", () => {
    const x = drawn("x", 3, 2, 4);
    const layer = new InstanceNorm1d({ numFeatures: 2 });
    const trained = layer.call(x).toArray();
    expect(layer.eval().call(x).toArray()).toEqual(trained);
    const remembering = new InstanceNorm1d({ numFeatures: 2, trackRunningStats: true, dtype: "f64" });
    expect(remembering.call(x).toArray()).toEqual(trained);
    const before = remembering.runningMean?.toArray();
    expect(before).not.toEqual([0, 0]);
    expect(remembering.eval().call(x).toArray()).not.toEqual(trained);
    expect(remembering.runningMean?.toArray()).toEqual(before);
  });

  it("says what does not fit", () => {
    expect(() =>
      new InstanceNorm1d({ numFeatures: 2 }).call(zeros([3, 3])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: instanceNorm: expected [batch, channels, length] or [channels, length] with 2 channels, got [3, 3]]`,
    );
    expect(() =>
      new InstanceNorm2d({ numFeatures: 2 }).call(zeros([3, 3, 3, 3])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: instanceNorm: expected [batch, channels, height, width] or [channels, height, width] with 2 channels, got [3, 3, 3, 3]]`,
    );
    expect(() =>
      new InstanceNorm1d({ numFeatures: 2 }).call(zeros([3, 2, 1])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: instanceNorm: expected [batch, channels, ...] with more than one value a channel, got [3, 2, 1]]`,
    );
    expect(() => new InstanceNorm1d({ numFeatures: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: instanceNorm: expected numFeatures to be a positive integer, got 0]`,
    );
  });
});
