import { Generator, mul, randn, relu, type Tensor, tanh, variance } from "@isograd/autograd";
import {
  ActivationLayer,
  BatchNorm1d,
  Linear,
  lsuv,
  Sequential,
  weightNorm,
  zeros as zeroWeights,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";

const linear = (inFeatures: number, outFeatures: number) =>
  new Linear({ inFeatures, outFeatures, dtype: "f64", generator: new Generator(outFeatures) });
const make = () => new Sequential([linear(10, 20), relu, linear(20, 30), tanh, weightNorm(linear(30, 5))]);
const x = () => mul(randn(new Generator(2), [64, 10], "f64"), 7);

/** The variance of what each of the linear layers returns. */
function variances(model: Sequential, input: Tensor): number[] {
  const found: number[] = [];
  let result = input;
  for (const layer of model.layers) {
    result = typeof layer === "function" ? layer(result) : layer.call(result);
    if (typeof layer !== "function") found.push(variance(result, { correction: 0 }).item());
  }
  return found;
}

describe("lsuv", () => {
  it("gives the outputs of each layer variance 1 over the batch, as near as asked", () => {
    for (const tolerance of [0.01, 1e-9]) {
      const model = make();
      const before = variances(model, x());
      const layers = lsuv(model, { inputs: [x()], tolerance, maxIterations: 50 });
      expect(layers.map(({ path }) => path)).toEqual(["layers.0", "layers.2", "layers.4"]);
      expect(layers[0].before).toBeCloseTo(before[0], 12);
      for (const [k, found] of variances(model, x()).entries()) {
        expect(Math.abs(found - 1)).toBeLessThanOrEqual(tolerance * (1 + 1e-6));
        expect(found).toBeCloseTo(layers[k].after, 12);
      }
    }
  });

  it("scales rows that are orthonormal, drawn from the seed alone, where it is told a seed", () => {
    const [model, other] = [make(), make()];
    for (const each of [model, other]) lsuv(each, { inputs: [x()], seed: 5, tolerance: 1e-9 });
    const [first] = model.layers as Linear[];
    expect(first.weight.toArray()).toEqual((other.layers[0] as Linear).weight.toArray());
    const rows = first.weight.toArray() as number[][];
    const product = (i: number, j: number) => rows.reduce((sum, row) => sum + row[i] * row[j], 0);
    expect(product(0, 1)).toBeCloseTo(0, 10);
    expect(product(0, 0)).toBeCloseTo(product(1, 1), 10);
  });

  it("leaves all as it was where outputs do not vary, statistics too", () => {
    const model = new Sequential([
      linear(10, 10),
      new BatchNorm1d({ numFeatures: 10, dtype: "f64" }),
      new Linear({ inFeatures: 10, outFeatures: 1, dtype: "f64", weightInit: zeroWeights }),
    ]);
    const numbers = () =>
      [...model.namedParameters(), ...model.namedBuffers()].map(({ tensor }) => tensor.toArray());
    const before = numbers();
    expect(() => lsuv(model, { inputs: [x()] })).toThrow(/outputs of layers.2 that vary over the batch/);
    expect(numbers()).toEqual(before);
    model.call(x());
    expect(numbers()).not.toEqual(before);
  });

  it("needs layers with weights", () => {
    const model = new Sequential([new ActivationLayer(relu)]);
    expect(() => lsuv(model, { inputs: [x()] })).toThrow(/expected a model that calls layers with weights/);
  });
});
