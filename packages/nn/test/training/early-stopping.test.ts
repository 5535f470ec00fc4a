import { zeros } from "@isograd/autograd";
import { BatchNorm1d, EarlyStopping, fit, Linear, mseLoss, Sequential, stateDict } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { problem } from "./problem.ts";

const numbersOf = (model: Sequential | Linear) =>
  Object.values(stateDict(model)).map((value) => value.toArray());

const answers = (metrics: readonly number[], options = {}): boolean[] => {
  const stopping = new EarlyStopping(new Linear({ inFeatures: 1, outFeatures: 1 }), options);
  return metrics.map((metric) => stopping.step(metric));
};

describe("EarlyStopping", () => {
  it("ends after so many metrics in a row without improvement", () => {
    expect(answers([3, 2, 2, 1, 1, 1, 1])).toEqual([true, true, true, true, true, true, false]);
    expect(answers([1, 2, 1, 3], { mode: "max", patience: 1 })).toEqual([true, true, false, true]);
    expect(answers([3, 2.5, 2.25, 2.5, 2], { minDelta: 0.5, patience: 2 })).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it("takes NaN for no improvement, from the beginning on", () => {
    expect(answers([Number.NaN, Number.NaN], { patience: 2 })).toEqual([true, false]);
    expect(answers([1, Number.NaN, 0], { patience: 2 })).toEqual([true, true, true]);
  });

  it("restores parameters and buffers where the metric was best", () => {
    const model = new Sequential([
      new Linear({ inFeatures: 2, outFeatures: 2 }),
      new BatchNorm1d({ numFeatures: 2 }),
    ]);
    const stopping = new EarlyStopping(model);
    const untouched = numbersOf(model);
    stopping.restore();
    expect(numbersOf(model)).toEqual(untouched);
    const states = [3, 1, 2].map((metric) => {
      model.call(zeros([4, 2]));
      const { weight } = model.layers[0] as Linear;
      weight.assign(zeros([2, 2]).detach());
      const state = numbersOf(model);
      stopping.step(metric);
      return state;
    });
    expect(states[1]).not.toEqual(states[2]);
    stopping.restore();
    expect(numbersOf(model)).toEqual(states[1]);
    expect([stopping.best, stopping.waited]).toEqual([1, 1]);
  });

  it("refuses settings that make no sense", () => {
    expect(() => answers([], { patience: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: EarlyStopping: expected patience to be a whole number from 1 on, got 0]`,
    );
    expect(() => answers([], { minDelta: Number.NaN })).toThrow(/expected minDelta/);
    expect(() => answers([], { mode: "up" })).toThrow(/expected mode/);
  });
});

describe("fit with early stopping", () => {
  it("ends, and leaves the model where the metric was best", async () => {
    const { model, ...rest } = problem();
    const errors = [5, 3, 4, 4, 1, 1];
    const states: unknown[] = [];
    const { epochs } = await fit({
      model,
      ...rest,
      epochs: 6,
      validation: [...rest.data].slice(0, 1),
      metrics: { error: () => errors[states.length] },
      earlyStopping: { metric: "error", patience: 2 },
      onEpoch: () => states.push(numbersOf(model)),
    });
    expect(epochs.map(({ metrics }) => metrics.error)).toEqual([5, 3, 4, 4]);
    expect(numbersOf(model)).toEqual(states[1]);
    expect(states[1]).not.toEqual(states[3]);
  });

  it("looks at the loss by default; a callback ends it too", async () => {
    const stopped = problem();
    const { epochs } = await fit({
      ...stopped,
      loss: (outputs, targets) => mseLoss(outputs, targets),
      epochs: 50,
      earlyStopping: { minDelta: 1e9, patience: 3 },
    });
    expect(epochs).toHaveLength(4);
    const called = await fit({ ...problem(), epochs: 50, earlyStopping: {}, onEpoch: () => false });
    expect(called.epochs).toHaveLength(1);
  });

  it("needs a metric and a module", async () => {
    const { model, ...rest } = problem();
    const run = fit({ model, ...rest, metrics: { error: () => 0 }, earlyStopping: { metric: "error" } });
    await expect(run).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: fit: expected early stopping on a metric of validation data, got "error"]`,
    );
    const bare = fit({ ...rest, model: (x) => model.call(x), earlyStopping: {} });
    await expect(bare).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: fit: expected a module for early stopping, to put back where it was best, got (x) => model.call(x)]`,
    );
  });
});
