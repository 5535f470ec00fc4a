import { fromData, Generator, ones, parameter, randn, zeros } from "@isograd/autograd";
import { BatchNorm1d, BatchNorm2d, LayerNorm } from "@isograd/nn";
import { describe, expect, it } from "vitest";

describe("normalisation", () => {
  it("gives each channel mean 0 and variance 1 over the batch", () => {
    const layer = new BatchNorm1d({ numFeatures: 3, dtype: "f64" });
    const values = layer.call(randn(new Generator(1), [50, 3], "f64")).values();
    for (let channel = 0; channel < 3; channel++) {
      const column = Array.from({ length: 50 }, (_, row) => values[3 * row + channel]);
      expect(column.reduce((a, b) => a + b) / 50).toBeCloseTo(0, 12);
      expect(column.reduce((a, b) => a + b * b, 0) / 50).toBeCloseTo(1, 4);
    }
  });

  it("does not depend on the batch in evaluation, nor change what it remembers", () => {
    const layer = new BatchNorm1d({ numFeatures: 2 });
    layer.call(randn(new Generator(1), [8, 2]));
    layer.eval();
    const before = layer.runningMean?.toArray();
    const x = randn(new Generator(2), [4, 2]);
    const alone = fromData(x.values().slice(0, 2), [1, 2]);
    expect((layer.call(x).toArray() as number[][])[0]).toEqual(
      (layer.call(alone).toArray() as number[][])[0],
    );
    expect(layer.runningMean?.toArray()).toEqual(before);
    expect(layer.batchesTracked?.item()).toBe(1);
  });

  it("learns nothing from an empty batch", () => {
    const layer = new BatchNorm1d({ numFeatures: 2 });
    layer.call(randn(new Generator(1), [8, 2]));
    const before = [layer.runningMean, layer.runningVariance].map((each) => each?.toArray());
    expect(layer.call(zeros([0, 2])).shape).toEqual([0, 2]);
    expect([layer.runningMean, layer.runningVariance].map((each) => each?.toArray())).toEqual(before);
  });

  it("remembers in its own element type, without the graph", () => {
    const layer = new BatchNorm1d({ numFeatures: 2 });
    layer.call(parameter(randn(new Generator(1), [8, 2], "f64")));
    for (const buffer of [layer.runningMean, layer.runningVariance]) {
      expect([buffer?.dtype, buffer?.requiresGrad]).toEqual(["f32", false]);
      expect(buffer?.values().every((value) => value !== 0 && value !== 1)).toBe(true);
    }
  });

  it("says what does not fit", () => {
    expect(() => new BatchNorm1d({ numFeatures: 2 }).call(ones([1, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: batchNorm: expected more than one value a channel in training, got [1, 2]]`,
    );
    expect(() => new BatchNorm1d({ numFeatures: 2 }).call(ones([4, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: batchNorm: expected [batch, channels] or [batch, channels, length] with 2 channels, got [4, 3]]`,
    );
    expect(() => new BatchNorm2d({ numFeatures: 2 }).call(ones([4, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: batchNorm: expected [batch, channels, height, width] with 2 channels, got [4, 2]]`,
    );
    expect(() =>
      new LayerNorm({ normalizedShape: [2, 3] }).call(ones([4, 3])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: layerNorm: expected a tensor that ends with the normalised shape, got [4, 3] and [2, 3]]`,
    );
  });
});
