import { tensor } from "@isograd/autograd";
import {
  batches,
  fit,
  GradientDescent,
  LBFGS,
  Linear,
  mseLoss,
  SAM,
  SGD,
  strongWolfe,
  train,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";

const inputs = tensor([[1], [2], [3], [4], [5]], { dtype: "f64" });
const targets = tensor([[3], [5], [7], [9], [11]], { dtype: "f64" });
const line = (): Linear => new Linear({ inFeatures: 1, outFeatures: 1, dtype: "f64" });

describe("training by optimizers that evaluate the loss", () => {
  it("finds the line with L-BFGS, on whole batches", async () => {
    const model = line();
    const optimizer = new LBFGS(model.parameters(), { lineSearch: strongWolfe() });
    const data = batches({ inputs, targets }, { batchSize: 5 });
    const { losses } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 4 });
    expect(losses).toHaveLength(4);
    expect(model.weight.item()).toBeCloseTo(2, 5);
    expect(model.bias?.item()).toBeCloseTo(1, 5);
  });

  it("accumulates batches into the same step", async () => {
    const [model, parts] = [line(), line()];
    parts.weight.assign(model.weight.detach());
    parts.bias?.assign(model.bias?.detach() ?? targets);
    const of = (of: Linear): SAM => new SAM(new SGD(of.parameters(), { learningRate: 0.01 }));
    const whole = await fit({
      model,
      loss: mseLoss,
      optimizer: of(model),
      data: batches({ inputs, targets }, { batchSize: 5 }),
    });
    const apart = await fit({
      model: parts,
      loss: mseLoss,
      optimizer: of(parts),
      data: batches({ inputs, targets }, { batchSize: 2 }),
      accumulate: 3,
    });
    expect(apart.losses).toHaveLength(1);
    expect(apart.losses[0]).toBeCloseTo(whole.losses[0], 10);
    expect(parts.weight.item()).toBeCloseTo(model.weight.item(), 10);
  });

  it("stops at a loss that is not finite, before anything is changed", async () => {
    const model = line();
    const before = model.weight.item();
    const optimizer = new GradientDescent(model.parameters());
    const data = batches({ inputs, targets }, { batchSize: 5 });
    const steps = train({ model, loss: () => tensor(Number.NaN), optimizer, data });
    await expect(steps.next()).rejects.toThrow(/the loss is NaN at step 0/);
    expect(model.weight.item()).toBe(before);
  });
});
