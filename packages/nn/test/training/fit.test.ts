import { Generator, randn } from "@isograd/autograd";
import { Adam, accuracy, batches, crossEntropy, evaluate, fit, Linear, mseLoss, setSeed } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { problem } from "./problem.ts";

describe("fit", () => {
  it("tells the losses, and the metrics on held-out data after each epoch", async () => {
    const { data, ...rest } = problem();
    const seen: number[] = [];
    const history = await fit({
      ...rest,
      data,
      epochs: 3,
      validation: data,
      metrics: { error: (outputs, targets) => mseLoss(outputs, targets).item() },
      onEpoch: ({ epoch, metrics: { error } }) => {
        seen.push(epoch);
        expect(error).toBeGreaterThan(0);
      },
    });
    expect(history.losses).toHaveLength(9);
    expect(seen).toEqual([0, 1, 2]);
    const [first, , last] = history.epochs;
    expect(first.loss).toBeCloseTo((history.losses[0] + history.losses[1] + history.losses[2]) / 3, 12);
    expect(last.metrics.error).toBeLessThan(first.metrics.error as number);
  });

  it("learns to tell classes apart", async () => {
    setSeed(2);
    const inputs = randn(new Generator(2), [200, 2]);
    const targets = Int32Array.from({ length: 200 }, (_, row) => (inputs.values()[2 * row] > 0 ? 1 : 0));
    const model = new Linear({ inFeatures: 2, outFeatures: 2 });
    const data = batches({ inputs, targets }, { batchSize: 20, shuffle: true });
    await fit({
      model,
      loss: crossEntropy,
      optimizer: new Adam(model.parameters(), { learningRate: 0.05 }),
      data,
      epochs: 10,
    });
    const { share } = await evaluate(model, data, { share: accuracy });
    expect(share).toBeGreaterThan(0.95);
  });
});
