import { fromData, type Generator, mul, tensor } from "@isograd/autograd";
import { Dropout, Linear, learningRateRangeTest, mseLoss, Sequential, SGD } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { problem } from "./problem.ts";

/** A line through the origin: the loss is mean(x²) (w - 3)², which diverges from rates of 1 / mean(x²) = 0.5 on. */
function line() {
  const model = new Linear({ inFeatures: 1, outFeatures: 1, bias: false, dtype: "f64" });
  model.weight.assign(fromData(Float64Array.of(0), [1, 1]));
  const inputs = tensor([[1], [-1], [Math.sqrt(3)], [-Math.sqrt(3)]], { dtype: "f64" });
  return { model, inputs, targets: mul(inputs, 3) };
}

describe("learningRateRangeTest", () => {
  it("finds rates at which a loss falls, below those at which it runs away", async () => {
    const { model, inputs, targets } = line();
    const optimizer = new SGD([model.weight], { learningRate: 7, momentum: 0.5 });
    const data = [{ inputs, targets }];
    const found = await learningRateRangeTest({
      model,
      loss: mseLoss,
      optimizer,
      data,
      minLearningRate: 1e-4,
    });
    const { learningRates, losses, smoothed, suggestion } = found;
    expect(learningRates[0]).toBe(1e-4);
    expect(learningRates.length).toBeLessThan(100);
    expect(learningRates.at(-1)).toBeGreaterThan(0.5);
    expect([losses.length, smoothed.length]).toEqual([learningRates.length, learningRates.length]);
    expect(losses[0]).toBeCloseTo(18, 9);
    expect(suggestion).toBeGreaterThan(0.005);
    expect(suggestion).toBeLessThan(0.5);
    // What was tried was tried on a copy.
    expect(model.weight.item()).toBe(0);
    expect(model.weight.grad).toBeNull();
    expect([optimizer.learningRate, optimizer.state.memory]).toEqual([7, [null]]);
  });

  it("goes to the end where nothing runs away, through all of the data again and again", async () => {
    const { model, optimizer, data, loss } = problem();
    const options = { model, optimizer, data, loss, minLearningRate: 0.01, maxLearningRate: 0.1 };
    const { learningRates } = await learningRateRangeTest({ ...options, steps: 10, growth: "linear" });
    expect(learningRates.map((rate) => Number(rate.toFixed(12)))).toEqual([
      0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1,
    ]);
  });

  it("does not take first batches that differ for a loss that runs away", async () => {
    const { model, inputs, targets } = line();
    const optimizer = new SGD([model.weight], { learningRate: 1 });
    const easy = { inputs: mul(inputs, 0.3), targets: mul(targets, 0.3) };
    const { losses } = await learningRateRangeTest({
      model,
      optimizer,
      loss: mseLoss,
      data: [easy, { inputs, targets }],
    });
    expect(losses[1] / losses[0]).toBeGreaterThan(4);
    expect(losses.length).toBeGreaterThan(50);
  });

  it("has no suggestion for a loss that does not fall", async () => {
    const { model, optimizer, data } = problem();
    const rising = new SGD(optimizer.parameters, { learningRate: 1, maximize: true });
    const options = {
      model,
      data,
      loss: mseLoss,
      optimizer: rising,
      minLearningRate: 0.01,
      maxLearningRate: 0.1,
    };
    const whole = { ...options, data: [{ ...[...data][0] }] };
    expect((await learningRateRangeTest(whole)).suggestion).toBeNull();
  });

  it("leaves modes, generators and frozen parameters of the model alone", async () => {
    const first = new Linear({ inFeatures: 2, outFeatures: 3 }).freeze();
    const model = new Sequential([
      first,
      new Dropout(),
      new Linear({ inFeatures: 3, outFeatures: 1 }),
    ]).eval();
    const { data } = problem();
    const optimizer = new SGD((model.layers[2] as Linear).parameters(), { learningRate: 1 });
    const before = JSON.stringify(generatorsOf(model));
    await learningRateRangeTest({ model, loss: mseLoss, optimizer, data, steps: 5 });
    expect(model.modules().some(({ training }) => training)).toBe(false);
    expect(JSON.stringify(generatorsOf(model))).toBe(before);
  });

  it("refuses settings that make no sense", async () => {
    const { model, optimizer, data, loss } = problem();
    const options = { model, optimizer, data, loss };
    await expect(
      learningRateRangeTest({ ...options, minLearningRate: 1, maxLearningRate: 1 }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: learningRateRangeTest: expected 0 < minLearningRate < maxLearningRate, got [1, 1]]`,
    );
    await expect(learningRateRangeTest({ ...options, steps: 1 })).rejects.toThrow(/expected steps/);
    await expect(learningRateRangeTest({ ...options, divergence: 1 })).rejects.toThrow(/expected divergence/);
    await expect(
      learningRateRangeTest({ ...options, optimizer: problem().optimizer }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: learningRateRangeTest: expected an optimizer of the model's parameters, got Tensor]`,
    );
  });
});

const generatorsOf = (model: Sequential): unknown[] =>
  model.layers.map((layer) => (layer as { generator?: Generator }).generator);
