import { Generator, leavesOf, mean, ones, randn, relu, type Tensor, tanh, variance } from "@isograd/autograd";
import { Conv2d, Flatten, initializeFromData, Linear, onCall, Sequential, weightNorm } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";

const linear = (inFeatures: number, outFeatures: number, bias = true) =>
  new Linear({ inFeatures, outFeatures, bias, dtype: "f64", generator: new Generator(inFeatures) });

/** Means and variances of each output of a layer while the model runs. */
function statisticsOf(model: Sequential, x: Tensor): [means: number[], variances: number[]][] {
  const found: [number[], number[]][] = [];
  const handles = model.layers.flatMap((layer) => {
    if (!(layer instanceof Linear || layer instanceof Conv2d)) return [];
    return [
      onCall(layer, ({ output }) => {
        const axis = output.rank === 2 ? [0] : [0, 2, 3];
        found.push([
          [...mean(output, { axis }).values()],
          [...variance(output, { axis, correction: 0 }).values()],
        ]);
        return undefined;
      }),
    ];
  });
  model.call(x);
  for (const handle of handles) handle.remove();
  return found;
}

describe("initializeFromData", () => {
  it("gives the pre-activations of every layer mean 0 and variance 1 over the batch", () => {
    const conv = new Conv2d({
      inChannels: 2,
      outChannels: 3,
      kernelSize: 2,
      dtype: "f64",
      generator: new Generator(1),
    });
    const model = new Sequential([
      weightNorm(conv),
      tanh,
      new Flatten(),
      weightNorm(linear(27, 5)),
      relu,
      weightNorm(linear(5, 4)),
    ]);
    const x = randn(new Generator(2), [16, 2, 4, 4], "f64");
    expect(initializeFromData(model, x)).toBe(3);
    for (const [means, variances] of statisticsOf(model, x)) {
      expectNumbers(
        means,
        means.map(() => 0),
        0,
        1e-12,
      );
      expectNumbers(
        variances,
        variances.map(() => 1),
        1e-12,
        0,
      );
    }
  });

  it("scales a layer without bias only, and leaves plain layers alone", () => {
    const plain = linear(3, 4);
    const before = plain.weight.toArray();
    const model = new Sequential([plain, weightNorm(linear(4, 2, false))]);
    const x = randn(new Generator(2), [16, 3], "f64");
    expect(initializeFromData(model, x)).toBe(1);
    const [, [means, variances]] = statisticsOf(model, x);
    expectNumbers(variances, [1, 1], 1e-12, 0);
    expect(Math.abs(means[0])).toBeGreaterThan(1e-3);
    expect(plain.weight.toArray()).toEqual(before);
  });

  it("sets a layer that is called twice at its first call", () => {
    const shared = weightNorm(linear(3, 3));
    const x = randn(new Generator(2), [16, 3], "f64");
    expect(initializeFromData(new Sequential([shared, shared]), x)).toBe(1);
    const [[means]] = statisticsOf(new Sequential([shared]), x);
    expectNumbers(means, [0, 0, 0], 0, 1e-12);
  });

  it("refuses what it cannot set, and leaves all as it was", () => {
    const x = randn(new Generator(2), [4, 3], "f64");
    expect(() => initializeFromData(linear(3, 3), x)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: initializeFromData: expected a model with weight-normalised layers, got Linear]`,
    );
    const model = new Sequential([weightNorm(linear(3, 3)), weightNorm(linear(3, 3), { axis: 1 })]);
    const before = leavesOf(model).map(({ tensor }) => tensor.toArray());
    expect(() => initializeFromData(model, x)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: weightNorm: expected a length for each output (axis: 0), got [1, 3] and [3] (in layers.1)]`,
    );
    expect(leavesOf(model).map(({ tensor }) => tensor.toArray())).toEqual(before);
    const flat = new Sequential([weightNorm(linear(3, 3))]);
    expect(() => initializeFromData(flat, ones([4, 3], "f64"))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: initializeFromData: expected pre-activations that vary over the batch, the standard deviation of output 0 to be positive, got 0 (in layers.0)]`,
    );
  });
});
