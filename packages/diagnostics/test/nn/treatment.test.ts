import { backward, relu } from "@isograd/autograd";
import { remediesFor, treat } from "@isograd/diagnostics/nn";
import { ActivationLayer, crossEntropy, type Sequential } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { bitsOf, exploding, learnable, optimizer } from "./samples.ts";

const batch = learnable("treat");

describe.each(remediesFor(relu).map((remedy) => [remedy.name, remedy] as const))("%s", (_, remedy) => {
  it("leaves the original as it is, also when its clone is trained", () => {
    const model = exploding({ depth: 5 });
    const before = bitsOf(model);
    const activations = model.layers.map((layer) =>
      layer instanceof ActivationLayer ? layer.activation : null,
    );
    const treatment = treat(model, remedy, { batch, seed: 4 });
    backward(crossEntropy(treatment.model.call(batch.inputs), batch.targets));
    optimizer(treatment).step();
    expect(bitsOf(model)).toEqual(before);
    expect(model.layers.map((layer) => (layer instanceof ActivationLayer ? layer.activation : null))).toEqual(
      activations,
    );
    expect(model.parameters().every(({ grad }) => grad === null)).toBe(true);
  });

  it("is the same for the same seed", () => {
    const bits = (seed: number): unknown[] =>
      bitsOf(treat(exploding({ depth: 5 }), remedy, { batch, seed }).model as Sequential);
    expect(bits(4)).toEqual(bits(4));
    if (remedy.name.includes("initialization")) expect(bits(4)).not.toEqual(bits(5));
  });
});
