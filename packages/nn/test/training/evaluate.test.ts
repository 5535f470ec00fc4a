import { fromData, type Tensor } from "@isograd/autograd";
import { accuracy, batches, Dropout, evaluate, Sequential } from "@isograd/nn";
import { describe, expect, it } from "vitest";

describe("evaluate", () => {
  it("weighs batches by their rows, in evaluation mode, and puts the modes back", async () => {
    const dropout = new Dropout({ probability: 0.9 });
    const frozen = new Dropout().eval();
    const model = new Sequential([dropout, frozen]);
    const data = batches(
      { inputs: fromData(Float32Array.of(1, 2, 6), [3, 1]), targets: Float32Array.of(0, 0, 0) },
      { batchSize: 2 },
    );
    const requiring: boolean[] = [];
    const mean = (outputs: Tensor) => {
      requiring.push(outputs.requiresGrad);
      return [...outputs.values()].reduce((total, value) => total + value, 0) / outputs.size;
    };
    expect(await evaluate(model, data, { mean })).toEqual({ mean: 3 });
    expect([model.training, dropout.training, frozen.training]).toEqual([true, true, false]);
    expect(requiring).toEqual([false, false]);
  });

  it("puts the modes back after an error, and refuses to average nothing", async () => {
    const model = new Sequential([new Dropout()]);
    await expect(evaluate(model, [], { accuracy })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: evaluate: expected at least one batch of data, got 0]`,
    );
    expect(model.training).toBe(true);
  });
});
