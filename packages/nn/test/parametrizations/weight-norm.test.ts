import { backward, Generator, matmul, randn, sum, transpose } from "@isograd/autograd";
import { Linear, removeParametrization, SGD, type WeightNorm, weightNorm } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";

const make = () =>
  new Linear({ inFeatures: 4, outFeatures: 3, bias: false, dtype: "f64", generator: new Generator(5) });
const partsOf = (layer: Linear) =>
  (layer as unknown as { parametrizations: { weight: WeightNorm } }).parametrizations.weight;
const x = () => randn(new Generator(6), [8, 4], "f64");

describe("weightNorm", () => {
  it.each([0, 1, -1, null])("keeps the value, along axis %s", (axis) => {
    const [plain, normalized] = [make(), weightNorm(make(), { axis })];
    expectNumbers(normalized.weight.values(), plain.weight.values(), 1e-15);
    expectNumbers(normalized.call(x()).values(), matmul(x(), transpose(plain.weight)).values(), 1e-14);
  });

  it("learns a direction to which the gradient is perpendicular", () => {
    const layer = weightNorm(make());
    backward(sum(layer.call(x())));
    const { v } = partsOf(layer);
    const [values, gradient] = [v.values(), v.grad?.values() ?? []];
    for (let row = 0; row < 3; row++) {
      let product = 0;
      for (let k = 0; k < 4; k++) product += values[row * 4 + k] * gradient[row * 4 + k];
      expect(product).toBeCloseTo(0, 12);
    }
  });

  it("is not moved by the size of the direction", () => {
    const layer = weightNorm(make());
    const before = layer.weight.values();
    const { v } = partsOf(layer);
    new SGD([v], { learningRate: 1 }).step();
    v.grad = v.detach();
    new SGD([v], { learningRate: 0.5 }).step();
    expectNumbers(layer.weight.values(), before, 1e-14);
  });

  it("is undone by removeParametrization, with its present value", () => {
    const layer = weightNorm(make());
    backward(sum(layer.call(x())));
    new SGD(layer.parameters(), { learningRate: 0.1 }).step();
    const [weight, output] = [layer.weight.values(), layer.call(x()).values()];
    removeParametrization(layer, "weight");
    expectNumbers(layer.weight.values(), weight, 0, 0);
    expectNumbers(layer.call(x()).values(), output, 0, 0);
    expect(layer.weight.isLeaf && layer.weight.requiresGrad).toBe(true);
  });

  it("refuses an axis that there is none of, and leaves the layer as it was", () => {
    const layer = make();
    expect(() => weightNorm(layer, { axis: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: weightNorm: expected an axis of a tensor of rank 2, or null, got 2]`,
    );
    expect(layer.parameters()).toEqual([layer.weight]);
  });
});
