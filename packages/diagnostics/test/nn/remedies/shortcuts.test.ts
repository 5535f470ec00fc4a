import { add, mul, relu } from "@isograd/autograd";
import { diagnose } from "@isograd/diagnostics";
import { addShortcuts, insertBatchNorm, insertShortcuts, treat } from "@isograd/diagnostics/nn";
import { crossEntropy, Linear, Residual, Sequential } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { plain } from "../../zoo/networks.ts";
import { learnable } from "../samples.ts";

const batch = learnable("shortcuts", 32);

describe("shortcuts", () => {
  it("pass what stands behind weights up to the next, scaled so that all together add as much as one", () => {
    const [first, second, third, last] = Array.from(
      { length: 4 },
      () => new Linear({ inFeatures: 16, outFeatures: 16 }),
    );
    const model = new Sequential([first, relu, second, relu, third, relu, last]);
    expect(insertShortcuts(model, batch.inputs)).toBe(2);
    const scale = 1 / Math.sqrt(2);
    const begun = first.call(batch.inputs);
    const middle = add(begun, mul(second.call(relu(begun)), scale));
    const wanted = last.call(relu(add(middle, mul(third.call(relu(middle)), scale))));
    expect(model.call(batch.inputs).toArray()).toEqual(wanted.toArray());
    expect(model.layers.filter((layer) => layer instanceof Residual)).toHaveLength(2);
    expect(() => insertShortcuts(model, batch.inputs)).toThrow("insertShortcuts: expected blocks");
  });

  it("cure what batch normalisation does in the deep", () => {
    const model = plain({ width: 16, depth: 30, activation: relu, weights: 2, seed: "deep" });
    insertBatchNorm(model);
    const sick = diagnose(model, batch, crossEntropy, { redraws: 0 }).flow.totalFactor;
    const { model: treated } = treat(model, addShortcuts(), { batch });
    const { flow, verdict } = diagnose(treated, batch, crossEntropy, { redraws: 0 });
    expect(sick).toBeGreaterThan(100);
    expect(verdict).toBe("healthy");
    expect(flow.totalFactor).toBeLessThan(10);
  });
});
