import { assertGradients, Generator, norm, randn, type Tensor, varMean } from "@isograd/autograd";
import { Conv2d, ConvTranspose1d, Linear, maxNorm, spectralNorm, weightStandardization } from "@isograd/nn";
import { expect, it } from "vitest";

it("gives each filter mean 0 and variance 1, and differentiates that", () => {
  const layer = weightStandardization(
    new Conv2d({ inChannels: 2, outChannels: 3, kernelSize: 3, dtype: "f64", generator: new Generator(2) }),
    { eps: 1e-12 },
  );
  const { variance, mean } = varMean(layer.weight, { axis: [1, 2, 3], correction: 0 });
  for (let k = 0; k < 3; k++) {
    expect(mean.values()[k]).toBeCloseTo(0, 14);
    expect(variance.values()[k]).toBeCloseTo(1, 9);
  }
  assertGradients((x: Tensor) => layer.call(x), randn(new Generator(3), [1, 2, 4, 4], "f64"), {
    parameters: layer,
  });
});

it("adds eps to the variance, along the axis that is asked for", () => {
  const layer = new Linear({
    inFeatures: 2,
    outFeatures: 2,
    bias: false,
    weightInit: ({ generator }) => randn(generator, [2, 2], "f64"),
  });
  const [a, b, c, d] = layer.weight.values();
  weightStandardization(layer, { axis: 1, eps: 0.5 });
  const standard = (x: number, y: number) => (x - y) / 2 / Math.sqrt(((x - y) / 2) ** 2 + 0.5);
  const expected = [standard(a, c), standard(b, d), standard(c, a), standard(d, b)];
  layer.weight.values().forEach((value, k) => {
    expect(value).toBeCloseTo(expected[k], 14);
  });
  expect(() =>
    weightStandardization(new Linear({ inFeatures: 2, outFeatures: 2 }), { name: "bias" }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: weightStandardization: expected an axis of a tensor of rank 1 > 1, got 0]`,
  );
});

it("takes for outputs what the layer says they are", () => {
  const transposed = (groups: number) =>
    new ConvTranspose1d({ inChannels: 4, outChannels: 2, kernelSize: 3, groups, dtype: "f64" });
  const { variance } = varMean(weightStandardization(transposed(1), { eps: 1e-12 }).weight, {
    axis: [0, 2],
    correction: 0,
  });
  for (const value of variance.values()) expect(value).toBeCloseTo(1, 9);
  for (const length of norm(maxNorm(transposed(1), { maxNorm: 0.1 }).weight, { axis: [0, 2] }).values())
    expect(length).toBeCloseTo(0.1, 12);
  expect(spectralNorm(transposed(1)).namedBuffers()[0].tensor.shape).toEqual([2]);
  expect(() => weightStandardization(transposed(2))).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: weightStandardization: expected an axis to be named, as no slice of this layer's weight belongs to one output, got "ConvTranspose1d"]`,
  );
  expect(() => maxNorm(transposed(2), { maxNorm: 1, axis: 0 })).not.toThrow();
});
