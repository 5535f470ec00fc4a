import { assertGradients, Generator, randn, reshape, svdvals, type Tensor } from "@isograd/autograd";
import { Conv2d, Linear, removeParametrization, SGD, type SpectralNorm, spectralNorm } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";

const make = () =>
  new Linear({ inFeatures: 5, outFeatures: 3, bias: false, dtype: "f64", generator: new Generator(5) });
const partsOf = (layer: object) =>
  (layer as { parametrizations: { weight: SpectralNorm } }).parametrizations.weight;
const largest = (matrix: Tensor): number => svdvals(matrix).values()[0];

describe("spectralNorm", () => {
  it("comes to divide by the largest singular value, by more iterations or more uses", () => {
    const [often, deep] = [spectralNorm(make()), spectralNorm(make(), { powerIterations: 200 })];
    for (let k = 0; k < 200; k++) often.weight;
    expect(largest(often.weight)).toBeCloseTo(1, 12);
    expect(largest(deep.weight)).toBeCloseTo(1, 12);
  });

  it("takes a convolution's filters, or the slices along another axis, for rows", () => {
    const layer = new Conv2d({
      inChannels: 2,
      outChannels: 3,
      kernelSize: 2,
      dtype: "f64",
      generator: new Generator(1),
    });
    const before = layer.weight;
    spectralNorm(layer, { powerIterations: 100 });
    const expected = largest(reshape(before, [3, 8]));
    expect(before.values()[0] / layer.weight.values()[0]).toBeCloseTo(expected, 12);
    const { u, v } = partsOf(spectralNorm(make(), { axis: -1 }));
    expect([u.shape, v.shape]).toEqual([[5], [3]]);
  });

  it("iterates in training only, and remembers its vectors as buffers", () => {
    const layer = spectralNorm(make());
    expect(layer.namedBuffers().map(({ path }) => path)).toEqual([
      "parametrizations.weight.u",
      "parametrizations.weight.v",
    ]);
    expect(layer.namedParameters().map(({ path }) => path)).toEqual(["parametrizations.weight.original"]);
    partsOf(layer).original.assign(randn(new Generator(8), [3, 5], "f64"));
    layer.eval();
    expect(layer.weight.toArray()).toEqual(layer.weight.toArray());
    layer.train();
    expect(layer.weight.toArray()).not.toEqual(layer.weight.toArray());
  });

  it("has the gradient of a division by uᵀ W v, of both orders", () => {
    const layer = spectralNorm(make()).eval();
    assertGradients((x: Tensor) => layer.call(x), randn(new Generator(3), [2, 5], "f64"), {
      parameters: layer,
      only: ["parametrizations.weight.original"],
    });
  });

  it("keeps what it is asked to steer: a step along it leaves the norm at 1", () => {
    const layer = spectralNorm(make(), { powerIterations: 50 });
    const { original } = partsOf(layer);
    original.grad = randn(new Generator(4), [3, 5], "f64");
    new SGD(layer.parameters(), { learningRate: 10 }).step();
    expect(largest(layer.weight)).toBeCloseTo(1, 9);
  });

  it("is undone with the present value", () => {
    const layer = spectralNorm(make()).eval();
    const before = layer.weight.values();
    removeParametrization(layer, "weight");
    expectNumbers(layer.weight.values(), before, 0, 0);
  });

  it("is drawn from its generator", () => {
    const drawn = (seed: number) =>
      partsOf(spectralNorm(make(), { generator: new Generator(seed) })).u.toArray();
    expect(drawn(1)).toEqual(drawn(1));
  });

  it("refuses what is no matrix, and leaves the layer as it was", () => {
    const layer = new Linear({ inFeatures: 2, outFeatures: 2 });
    expect(() => spectralNorm(layer, { name: "bias" })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: spectralNorm: expected an axis of a tensor of rank 1 > 1, got 0]`,
    );
    expect(() => spectralNorm(layer, { powerIterations: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: spectralNorm: expected at least one power iteration, got 0]`,
    );
    expect(layer.parameters()).toEqual([layer.weight, layer.bias]);
  });
});
