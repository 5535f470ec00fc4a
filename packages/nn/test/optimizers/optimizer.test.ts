import { backward, fromData, mul, parameter, sum, type Tensor, tensor, zeros } from "@isograd/autograd";
import { Adam, adam, chain, clipByValue, Linear, Optimizer, SGD, type SGDOptions, sgd } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";
import { withGradient } from "./with-gradient.ts";

describe("Optimizer", () => {
  it("binds new values and writes to none that a graph or a user holds", () => {
    const w = parameter(tensor([1, 2]));
    const held = w.values();
    const loss = sum(mul(w, w));
    backward(loss, { retainGraph: true });
    const gradient = w.grad?.toArray();
    new SGD([w], { learningRate: 0.1 }).step();
    expect([...held]).toEqual([1, 2]);
    expect(w.values()[1]).toBeCloseTo(1.6, 6);
    w.grad = null;
    backward(loss);
    expect(w.grad).toHaveProperty("shape", [2]);
    expect((w.grad as unknown as Tensor).toArray()).toEqual(gradient);
  });

  it("reads gradients that are views, and keeps them", () => {
    const layer = new Linear({ inFeatures: 3, outFeatures: 2, dtype: "f64" });
    backward(
      sum(mul(layer.call(fromData(Float64Array.of(1, 2, 3), [1, 3])), fromData(Float64Array.of(1, 10), [2]))),
    );
    const before = layer.weight.values();
    const gradient = layer.weight.grad;
    new SGD([layer.weight], { learningRate: 1 }).step();
    expectNumbers(
      layer.weight.values(),
      [1, 2, 3, 10, 20, 30].map((step, k) => before[k] - step),
      1e-12,
    );
    expect(gradient?.toArray()).toEqual([
      [1, 2, 3],
      [10, 20, 30],
    ]);
  });

  it("lets parameters without gradient rest, decay and momentum too", () => {
    const [moved, resting] = [withGradient([1], [1]), withGradient([1], [1])];
    resting.grad = null;
    for (const make of [
      (parameters: Tensor[]) => new SGD(parameters, { learningRate: 0.1, momentum: 0.9, weightDecay: 0.1 }),
      (parameters: Tensor[]) => new Adam(parameters, { weightDecay: 0.1 }),
    ]) {
      const optimizer = make([moved, resting]);
      optimizer.step();
      expect(moved.item()).not.toBe(1);
      expect(resting.item()).toBe(1);
      expect(JSON.stringify(optimizer.state)).toContain("null");
    }
  });

  it("lets frozen parameters rest", () => {
    const layer = new Linear({ inFeatures: 2, outFeatures: 2 }).freeze();
    const before = layer.weight.toArray();
    const optimizer = new SGD(layer.parameters(), { learningRate: 1 });
    optimizer.step();
    expect(layer.weight.toArray()).toEqual(before);
    layer.unfreeze();
    backward(sum(layer.call(tensor([[1, 1]]))));
    optimizer.step();
    expect(layer.weight.toArray()).not.toEqual(before);
  });

  it("forgets gradients", () => {
    const w = withGradient([1], [1]);
    new SGD([w], { learningRate: 1 }).zeroGrad();
    expect(w.grad).toBeNull();
  });

  it("has one learning rate for all transforms in a chain", () => {
    const w = withGradient([1], [1]);
    const optimizer = new Optimizer([w], chain(clipByValue(10), chain(sgd({ learningRate: 0.5 }))));
    expect(optimizer.learningRate).toBe(0.5);
    optimizer.learningRate *= 0.5;
    optimizer.step();
    expect(w.item()).toBe(0.75);
    expect(() => {
      optimizer.learningRate = Number.NaN;
    }).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: learningRate: expected a learning rate that is not negative, got NaN]`,
    );
    expect(() => new Optimizer([w], clipByValue(1)).learningRate).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: learningRate: expected a transform with a learning rate, got Object]`,
    );
  });

  it("goes on from the same point on a copy of the model", () => {
    const layer = new Linear({ inFeatures: 2, outFeatures: 1 });
    const optimizer = new Adam(layer.parameters(), { learningRate: 0.1 });
    const step = (model: Linear, using: Pick<Optimizer, "step" | "zeroGrad">) => {
      using.zeroGrad();
      backward(sum(mul(model.call(tensor([[1, 2]])), 3)));
      using.step();
    };
    step(layer, optimizer);
    const copy = layer.clone();
    const resumed = optimizer.cloneFor(copy.parameters());
    step(layer, optimizer);
    step(copy, resumed);
    expect(copy.weight.toArray()).toEqual(layer.weight.toArray());
    step(copy, resumed);
    expect(optimizer.state.memory[0]?.step).toBe(2);
  });

  it("refuses what is no parameter", () => {
    const w = withGradient([1], [1]);
    expect(() => new SGD([], { learningRate: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Optimizer: expected at least one parameter, got []]`,
    );
    expect(() => new SGD([w, w], { learningRate: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Optimizer: expected each parameter once, parameter 1 came before, got Tensor]`,
    );
    expect(() => new SGD([zeros([1])], { learningRate: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Optimizer: expected leaves to which gradients flow, parameter 0 is none, got Tensor]`,
    );
    expect(() => new SGD([mul(w, 2)], { learningRate: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Optimizer: expected leaves to which gradients flow, parameter 0 is none, got Tensor]`,
    );
  });

  it("refuses settings that make no sense", () => {
    const settings: SGDOptions[] = [
      { learningRate: -1 },
      { learningRate: Number.NaN },
      { learningRate: 1, momentum: -1 },
      { learningRate: 1, weightDecay: -1 },
      { learningRate: 1, nesterov: true },
      { learningRate: 1, nesterov: true, momentum: 0.9, dampening: 0.1 },
    ];
    for (const options of settings) expect(() => sgd(options)).toThrow(/^sgd: expected/);
    expect(() => adam({ betas: [0.9, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: adam: expected betas within [0, 1), got 1]`,
    );
    expect(() => adam({ eps: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: adam: expected eps to be finite and not negative, got -1]`,
    );
  });
});
