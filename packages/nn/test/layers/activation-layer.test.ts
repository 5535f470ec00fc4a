import { backward, fromData, prelu, relu, softmax, swish, tanh, tensor } from "@isograd/autograd";
import { ActivationLayer, Sequential } from "@isograd/nn";
import { describe, expect, it } from "vitest";

describe("ActivationLayer", () => {
  it("can be given another activation, with what that one learns", () => {
    const model = new Sequential([new ActivationLayer(relu)]);
    const [layer] = model.layers as ActivationLayer[];
    expect(model.parameters()).toEqual([]);
    layer.activation = swish;
    expect(model.namedParameters().map(({ path, tensor }) => [path, tensor.item()])).toEqual([
      ["layers.0.coefficients.beta", 1],
    ]);
    backward(model.call(tensor([2])));
    expect(layer.coefficients.beta.grad?.item()).toBeGreaterThan(0);
    layer.activation = tanh;
    expect(model.parameters()).toEqual([]);
    expect(model.call(tensor([2])).item()).toBeCloseTo(Math.tanh(2), 6);
    expect(layer.clone().activation).toBe(tanh);
    expect(new ActivationLayer(softmax).call(tensor([[0, 0]])).toArray()).toEqual([[0.5, 0.5]]);
  });

  it("begins with the values it is given", () => {
    const layer = new ActivationLayer(prelu, { initial: { slope: 0.5 }, channels: 2, dtype: "f64" });
    expect(layer.coefficients.slope.toArray()).toEqual([0.5, 0.5]);
    expect(layer.call(fromData(Float64Array.of(-1, -1), [1, 2])).toArray()).toEqual([[-0.5, -0.5]]);
    expect(() => new ActivationLayer(prelu, { initial: { beta: 1 } })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: ActivationLayer: expected initial values of what prelu learns, got "beta"]`,
    );
    expect(() => layer.call(fromData(Float64Array.of(-1, -1, 2), [1, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: activation: expected as many channels (axis 1) as coefficients, got [1, 3] and [2]]`,
    );
    expect(() => new ActivationLayer("relu" as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: ActivationLayer: expected an activation, got "relu"]`,
    );
  });
});
