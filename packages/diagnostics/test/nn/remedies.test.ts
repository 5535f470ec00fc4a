import * as autograd from "@isograd/autograd";
import { relu, tanh } from "@isograd/autograd";
import type { Remedy } from "@isograd/diagnostics";
import {
  clipGradients,
  reduceLearningRate,
  remediesFor,
  type Treatment,
  treat,
} from "@isograd/diagnostics/nn";
import * as nn from "@isograd/nn";
import { ActivationLayer, adam, type Module, Optimizer, type Sequential } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { bitsOf, exploding, learnable } from "./samples.ts";

const batch = learnable("code");

/** Runs lines as a user pastes them, with all that the packages export and what `scope` holds. */
function paste(code: string, scope: Record<string, unknown>): unknown {
  const names: Record<string, unknown> = { ...autograd, ...nn, ...scope };
  const used = Object.keys(names).filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  const body = code.startsWith("new ") ? `return ${code}` : code;
  return new Function(...used, `"use strict"; ${body}`)(...used.map((name) => names[name]));
}

const activationsOf = (model: Module): unknown[] =>
  model
    .modules()
    .flatMap((module) =>
      (module as object) instanceof ActivationLayer
        ? [(module as unknown as ActivationLayer).activation]
        : [],
    );

describe("the code to paste does what was verified", () => {
  const ofModels = [...remediesFor(relu), ...remediesFor(tanh)].filter(({ measure }) => measure === "flow");
  const cases = ofModels.map((remedy): [string, Remedy<Treatment>] => [remedy.name, remedy]);

  it.each(cases)("%s", (_, remedy) => {
    const model = exploding({ depth: 4 });
    const treatment = treat(model, remedy, { batch, seed: 7 });
    paste(remedy.code, { model, seed: 7, batch });
    expect(bitsOf(model)).toEqual(bitsOf(treatment.model as Sequential));
    expect(activationsOf(model)).toEqual(activationsOf(treatment.model));
  });

  it.each(clipGradients().map((remedy): [string, Remedy<Treatment>] => [remedy.name, remedy]))(
    "%s",
    (_, remedy) => {
      const model = exploding({ depth: 4 });
      const treatment = treat(model, remedy, { batch });
      const transform = adam({ learningRate: 0.01 });
      const pasted = paste(remedy.code, { model, transform }) as Optimizer;
      expect(pasted.parameters).toEqual(model.parameters());
      const gradients = (): Float32Array[] =>
        model.parameters().map(({ size }) => new Float32Array(size).fill(3));
      const clip = treatment.gradientTransform as NonNullable<typeof treatment.gradientTransform>;
      const both = nn.chain(clip, transform);
      const wanted = both.update(gradients(), both.init(model.parameters()), model.parameters());
      expect(pasted.transform.update(gradients(), pasted.state, model.parameters())).toEqual(wanted);
      expect(
        Math.max(...(clip.update(gradients(), clip.init([]), model.parameters())[0] as Float32Array)),
      ).toBeLessThan(0.11);
    },
  );

  it.each(reduceLearningRate().map((remedy): [string, Remedy<Treatment>] => [remedy.name, remedy]))(
    "%s",
    (_, remedy) => {
      const model = exploding({ depth: 2 });
      const optimizer = new Optimizer(model.parameters(), adam({ learningRate: 0.5 }));
      paste(remedy.code, { optimizer });
      expect(optimizer.learningRate).toBeCloseTo(
        0.5 * treat(model, remedy, { batch }).learningRateFactor,
        12,
      );
    },
  );
});

describe("the remedies for a network", () => {
  it("are named once each", () => {
    const names = remediesFor(relu).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("do not draw from the same law twice", () => {
    const initializations = (activation: typeof relu): string[] =>
      remediesFor(activation, []).flatMap(({ name }) => (name.startsWith("initialization") ? [name] : []));
    expect(initializations(relu)).toEqual([
      "initialization: criticalInit(relu)",
      "initialization: lecunNormal()",
      "initialization: orthogonal({ gain: relu.facts.backwardGain })",
    ]);
    expect(initializations(autograd.selu)[0]).toBe("initialization: heNormal({ gain: selu.facts.gain })");
  });

  it("do not offer the activation that is there already", () => {
    expect(remediesFor(tanh).filter(({ name }) => name.startsWith("activation: tanh"))).toEqual([]);
  });

  it("are those of the steps and of the weights alone where there is no activation", () => {
    expect(remediesFor(null).map(({ name }) => name)).toEqual([
      "weight normalization",
      "clipping: global norm 1",
      "clipping: value 0.1",
      "learning rate times 0.1",
      "learning rate times 0.01",
    ]);
  });

  it("refuse a model without activation layers", () => {
    const [swap] = remediesFor(relu, [tanh]).filter(({ name }) => name === "activation: tanh");
    const bare = new nn.Sequential([new nn.Linear({ inFeatures: 16, outFeatures: 4 }), relu]);
    expect(() => treat(bare, swap, { batch })).toThrow("expected a model with ActivationLayers");
  });
});
