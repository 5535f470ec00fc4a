import { add, cast, mul, relu, type Tensor } from "@isograd/autograd";
import { diagnose } from "@isograd/diagnostics";
import { addShortcuts, insertBatchNorm, insertShortcuts, treat } from "@isograd/diagnostics/nn";
import { crossEntropy, Linear, Residual, Sequential } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { plain } from "../../networks/plain.ts";
import { learnable } from "../samples.ts";

const batch = learnable("shortcuts", 32);

const deep = plain({ width: 16, depth: 30, activation: relu, weights: 2, seed: "deep" });
insertBatchNorm(deep);

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

  it("learn their scales where they are asked to, in the element type of the weights", () => {
    const model = plain({ width: 16, depth: 6, activation: relu, weights: 2, seed: "learnt", dtype: "f64" });
    const before = model.parameters().length;
    expect(insertShortcuts(model, cast(batch.inputs, "f64"), { learnt: true })).toBe(4);
    const scales = model
      .modules()
      .flatMap((module: object) => (module instanceof Residual ? [module.scale] : []));
    expect(scales).toHaveLength(4);
    for (const scale of scales as Tensor[])
      expect([scale.item(), scale.dtype, scale.shape]).toEqual([0.25, "f64", []]);
    expect(model.parameters()).toHaveLength(before + 4);
  });

  it.each(addShortcuts().map((remedy): [string, typeof remedy] => [remedy.name, remedy]))(
    "cure what batch normalisation does in the deep: %s",
    (_, remedy) => {
      const { model: treated } = treat(deep, remedy, { batch });
      const { flow, verdict } = diagnose(treated, batch, crossEntropy, { redraws: 0 });
      expect(diagnose(deep, batch, crossEntropy, { redraws: 0 }).flow.totalFactor).toBeGreaterThan(100);
      expect(verdict).toBe("healthy");
      expect(flow.totalFactor).toBeLessThan(10);
    },
  );
});
