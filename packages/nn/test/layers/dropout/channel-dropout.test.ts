import { Generator, ones, randn, type Tensor } from "@isograd/autograd";
import { AlphaDropout, Dropout1d, Dropout2d, Dropout3d, FeatureAlphaDropout } from "@isograd/nn";
import { describe, expect, it } from "vitest";

/** The different values of each channel. */
const ofChannels = (x: Tensor, channels: number): number[][] => {
  const values = [...x.values()];
  const size = values.length / channels;
  return Array.from({ length: channels }, (_, k) => [...new Set(values.slice(k * size, (k + 1) * size))]);
};

describe("dropout of channels", () => {
  it.each([
    [Dropout1d, [50, 4, 5]],
    [Dropout1d, [200, 5]],
    [Dropout2d, [50, 4, 2, 3]],
    [Dropout2d, [200, 2, 3]],
    [Dropout3d, [50, 4, 2, 1, 3]],
    [Dropout3d, [200, 2, 2, 2]],
  ])("drops whole channels and scales the others: %o %o", (Layer, shape) => {
    const layer = new Layer({ probability: 0.25, generator: new Generator(1) });
    const found = ofChannels(layer.call(ones(shape, "f64")), 200);
    expect(found.every((values) => values.length === 1)).toBe(true);
    const dropped = found.filter(([value]) => value === 0).length;
    expect(Math.abs(dropped - 50)).toBeLessThan(5 * Math.sqrt(200 * 0.25 * 0.75));
    expect(new Set(found.flat())).toEqual(new Set([0, 1 / 0.75]));
    const x = ones(shape);
    expect(layer.eval().call(x)).toBe(x);
  });

  it("refuses other axes", () => {
    expect(() => new Dropout2d().call(ones([2, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: Dropout2d: expected [batch, channels, ...2 spatial axes], or the same without batch, got [2, 3]]`,
    );
    expect(() => new Dropout3d({ probability: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Dropout3d: expected a probability within [0, 1], got -1]`,
    );
  });
});

describe("alpha dropout", () => {
  it.each([
    [AlphaDropout, 20_000],
    [FeatureAlphaDropout, 20_000],
  ])("gives dropped elements one value, and keeps mean and variance: %o", (Layer, count) => {
    const layer = new Layer({ probability: 0.2, generator: new Generator(2) });
    const x = layer.call(randn(new Generator(3), [count, 1], "f64"));
    const values = [...x.values()];
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(count));
    expect(Math.abs(spread - 1)).toBeLessThan(0.06);
    expect(new Set(values).size).toBeLessThan(0.85 * count);
  });
});
