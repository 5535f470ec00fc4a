import { backward, relu } from "@isograd/autograd";
import { optimizerOf, remediesFor, treat } from "@isograd/diagnostics/nn";
import { ActivationLayer, clipByGlobalNorm, crossEntropy, type Sequential, SGD } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { bitsOf, exploding, learnable, optimizer, patientFor, remedyThat } from "./samples.ts";

const batch = learnable("treat");

describe.each(remediesFor(relu).map((remedy) => [remedy.name, remedy] as const))("%s", (_, remedy) => {
  it("leaves the original as it is, also when its clone is trained", () => {
    const model = patientFor(remedy);
    const before = bitsOf(model);
    const activations = model.layers.map((layer) =>
      layer instanceof ActivationLayer ? layer.activation : null,
    );
    const treatment = treat(model, remedy, { batch, seed: 4 });
    backward(crossEntropy(treatment.model.call(batch.inputs), batch.targets));
    optimizerOf(treatment, optimizer).step();
    expect(bitsOf(model)).toEqual(before);
    expect(model.layers.map((layer) => (layer instanceof ActivationLayer ? layer.activation : null))).toEqual(
      activations,
    );
    expect(model.parameters().every(({ grad }) => grad === null)).toBe(true);
  });

  it("is the same for the same seed", () => {
    const bits = (seed: number): unknown[] =>
      bitsOf(treat(patientFor(remedy), remedy, { batch, seed }).model as Sequential);
    expect(bits(4)).toEqual(bits(4));
    if (remedy.name.includes("initialization")) expect(bits(4)).not.toEqual(bits(5));
  });
});

describe("the optimizer of a treatment", () => {
  const usual = ({ model }: { readonly model: Sequential | object }) =>
    new SGD((model as Sequential).parameters(), { learningRate: 0.5, momentum: 0.9 });
  const treated = (apply: Parameters<typeof remedyThat>[0]) =>
    treat(exploding({ depth: 2 }), remedyThat(apply), { batch });

  it("is the usual one, of the clone, where nothing else is asked for", () => {
    const treatment = treated(() => {});
    const made = optimizerOf(treatment, usual);
    expect(made.parameters).toEqual(treatment.model.parameters());
    expect([made.learningRate, made.momentums]).toEqual([0.5, [0.9]]);
  });

  it("has its rates multiplied, and keeps what it knows behind what is put in front", () => {
    const treatment = treated((each) => {
      each.learningRateFactor = 0.1;
      each.gradientTransform = clipByGlobalNorm(1);
    });
    const made = optimizerOf(treatment, usual);
    expect(made.learningRate).toBeCloseTo(0.05, 12);
    expect(made.momentums).toEqual([0.9]);
    const before = treatment.model.parameters().map((each) => each.values().slice());
    backward(crossEntropy(treatment.model.call(batch.inputs), batch.targets));
    made.step();
    const moved = treatment.model
      .parameters()
      .flatMap((each, k) => [...each.values()].map((value, at) => value - before[k][at]));
    expect(Math.hypot(...moved)).toBeCloseTo(0.05, 4);
  });

  it("is another one where the treatment brings it", () => {
    const treatment = treated((each) => {
      each.optimizer = ({ model }) => new SGD(model.parameters(), { learningRate: 3 });
    });
    expect(optimizerOf(treatment, usual).learningRate).toBe(3);
  });
});
