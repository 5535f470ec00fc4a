import {
  add,
  backward,
  type Dtype,
  fromData,
  mul,
  parameter,
  square,
  sub,
  sum,
  type Tensor,
} from "@isograd/autograd";
import { type GradientTransform, Module, Optimizer } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";
import { registry } from "./registry.ts";

/** Three weights of two axes, large enough for vectors in one of them. */
class Weights extends Module<[], Tensor> {
  readonly parts: Tensor[];

  constructor(readonly dtype: Dtype = "f64") {
    super();
    const start = (rows: number, columns: number): Tensor =>
      numbers(rows, columns, dtype, (k) => Math.sin(3 * k + rows) + 0.3);
    this.parts = [start(2, 3), start(12, 12), start(3, 2)].map((value) => parameter(value));
  }

  /** ½ Σ c (w - w*)², with curvatures c between 0.5 and 1.5. */
  forward(): Tensor {
    const losses = this.parts.map((part) => {
      const [rows, columns] = part.shape as number[];
      const curvature = numbers(rows, columns, this.dtype, (k) => 1 + 0.5 * Math.cos(k));
      const target = numbers(rows, columns, this.dtype, (k) => 0.7 * Math.cos(2 * k));
      return sum(mul(mul(0.5, curvature), square(sub(part, target))));
    });
    return losses.reduce((total, loss) => add(total, loss));
  }
}

function numbers(rows: number, columns: number, dtype: Dtype, at: (k: number) => number): Tensor {
  const values = Float64Array.from({ length: rows * columns }, (_, k) => at(k));
  return fromData(dtype === "f32" ? Float32Array.from(values) : values, [rows, columns]);
}

function take(model: Weights, optimizer: Optimizer, steps: number): void {
  for (let step = 0; step < steps; step++) {
    optimizer.zeroGrad();
    backward(model.call());
    optimizer.step();
  }
}

const valuesOf = (model: Weights): number[] => model.parts.flatMap((part) => [...part.values()]);

const begin = (make: () => GradientTransform, dtype: Dtype = "f64"): [Weights, Optimizer] => {
  const model = new Weights(dtype);
  return [model, new Optimizer(model.parts, make())];
};

describe.each(Object.entries(registry))("%s", (_, { make, reach, decays = false }) => {
  it("comes near the minimum of a quadratic", () => {
    const [model, optimizer] = begin(make);
    const before = model.call().item();
    take(model, optimizer, 400);
    expect(model.call().item()).toBeLessThan(reach * before);
  });

  it("goes on from a copy of its state, bit for bit", () => {
    const [model, optimizer] = begin(make);
    take(model, optimizer, 7);
    const copy = model.clone();
    const state = structuredClone(optimizer.state);
    take(model, optimizer, 7);
    take(copy, new Optimizer(copy.parts, make(), state), 7);
    expect(valuesOf(copy)).toEqual(valuesOf(model));
    expect(state).toEqual(optimizer.state);
  });

  it("goes on for the parameters of a copy of the model", () => {
    const [model, optimizer] = begin(make);
    take(model, optimizer, 3);
    const copy = model.clone();
    const other = optimizer.cloneFor(copy.parts);
    take(copy, other, 4);
    expect(valuesOf(model)).not.toEqual(valuesOf(copy));
    take(model, optimizer, 4);
    expect(valuesOf(model)).toEqual(valuesOf(copy));
  });

  it("lets parameters without gradient rest, and frozen ones", () => {
    const [model, optimizer] = begin(make);
    take(model, optimizer, 2);
    const [, second, third] = model.parts.map((part) => [...part.values()]);
    optimizer.zeroGrad();
    backward(model.call());
    model.parts[1].grad = null;
    optimizer.step();
    expect([...model.parts[1].values()]).toEqual(second);
    expect([...model.parts[2].values()]).not.toEqual(third);
    model.freeze();
    const before = valuesOf(model);
    optimizer.step();
    expect(valuesOf(model)).toEqual(before);
  });

  it("stays where the gradient is zero, but for decay", () => {
    const [model, optimizer] = begin(make);
    const before = valuesOf(model);
    for (const part of model.parts) part.grad = numbers(part.shape[0], part.shape[1], "f64", () => 0);
    optimizer.step();
    if (decays) expect(valuesOf(model)).not.toEqual(before);
    else expect(valuesOf(model)).toEqual(before);
    expectNumbers(valuesOf(model), before, 0.02);
  });

  it("takes the steps of f64 in f32", () => {
    const [model, optimizer] = begin(make);
    const [single, ofSingle] = begin(make, "f32");
    take(model, optimizer, 5);
    take(single, ofSingle, 5);
    expect(single.parts.map(({ dtype }) => dtype)).toEqual(["f32", "f32", "f32"]);
    expectNumbers(valuesOf(single), valuesOf(model), 1e-4, 1e-4);
  });

  it("lets NaN through to the element it came to, or further", () => {
    const [model, optimizer] = begin(make);
    for (const part of model.parts)
      part.grad = numbers(part.shape[0], part.shape[1], "f64", (k) => (k === 1 ? Number.NaN : 1));
    try {
      optimizer.step();
    } catch (error) {
      expect(String(error)).toContain("expected finite gradients");
      return;
    }
    for (const part of model.parts) expect(part.values()[1]).toBeNaN();
  });

  it("follows its learning rate", () => {
    const [model, optimizer] = begin(make);
    const before = valuesOf(model);
    expect(optimizer.learningRates).toContain(optimizer.learningRate);
    optimizer.learningRate = 0;
    take(model, optimizer, 1);
    expectNumbers(valuesOf(model), before, 0, 1.1e-6);
  });
});
