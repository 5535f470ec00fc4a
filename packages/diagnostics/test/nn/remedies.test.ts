import * as autograd from "@isograd/autograd";
import { relu, tanh } from "@isograd/autograd";
import type { Remedy } from "@isograd/diagnostics";
import * as remedies from "@isograd/diagnostics/nn";
import {
  changeOutput,
  clipGradients,
  insertBatchNorm,
  remediesFor,
  removeBatchNorm,
  scaleLearningRate,
  swapActivations,
  type Treatment,
  treat,
} from "@isograd/diagnostics/nn";
import * as nn from "@isograd/nn";
import { Adam, adam, Optimizer, type Sequential } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { bitsOf, exploding, learnable, patientFor } from "./samples.ts";

const batch = learnable("code");

/** Runs lines as a user pastes them, with all that the packages export and what `scope` holds. */
function paste(code: string, scope: Record<string, unknown>): unknown {
  const names: Record<string, unknown> = { ...autograd, ...nn, ...remedies, ...scope };
  const used = Object.keys(names).filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  const body = code.startsWith("new ") ? `return ${code}` : code;
  return new Function(...used, `"use strict"; ${body}`)(...used.map((name) => names[name]));
}

describe("the code to paste does what was verified", () => {
  // The patients have ReLUs: to put them in place of tanh changes nothing.
  const ofModels = [...remediesFor(relu), ...remediesFor(tanh), ...remediesFor(null, [tanh])].filter(
    ({ measure, name }) => measure !== "training" && name !== "activation: relu",
  );
  const cases = ofModels.map((remedy): [string, Remedy<Treatment>] => [remedy.name, remedy]);

  it.each(cases)("%s", (_, remedy) => {
    const model = patientFor(remedy);
    const before = model.call(batch.inputs).toArray();
    const treatment = treat(model, remedy, { batch });
    paste(remedy.code, { model, batch });
    expect(bitsOf(model)).toEqual(bitsOf(treatment.model as Sequential));
    const after = model.call(batch.inputs).toArray();
    expect(after).toEqual(treatment.model.call(batch.inputs).toArray());
    expect(after).not.toEqual(before);
  });

  it.each(clipGradients().map((remedy): [string, Remedy<Treatment>] => [remedy.name, remedy]))(
    "%s",
    (_, remedy) => {
      const model = exploding({ depth: 4 });
      const treatment = treat(model, remedy, { batch });
      const optimizer = new Adam(model.parameters(), { learningRate: 0.01 });
      const { transform } = optimizer;
      const pasted = paste(remedy.code, { model, optimizer }) as Optimizer;
      expect(pasted.parameters).toEqual(model.parameters());
      const gradients = (): Float32Array[] =>
        model.parameters().map(({ size }) => new Float32Array(size).fill(3));
      const clip = treatment.gradientTransform as NonNullable<typeof treatment.gradientTransform>;
      const both = nn.chain(clip, transform);
      const wanted = both.update(gradients(), both.init(model.parameters()), model.parameters());
      expect(pasted.transform.update(gradients(), pasted.state, model.parameters())).toEqual(wanted);
    },
  );

  it.each(scaleLearningRate().map((remedy): [string, Remedy<Treatment>] => [remedy.name, remedy]))(
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

it("the code to paste names nothing that means one thing in one package and another in the next", () => {
  const packages: Record<string, unknown>[] = [autograd, nn, remedies];
  const names = packages.flatMap((each) => Object.keys(each));
  const valuesOf = (name: string) => new Set(packages.flatMap((each) => (name in each ? [each[name]] : [])));
  const ambiguous = names.filter((name) => valuesOf(name).size > 1);
  expect(ambiguous).toContain("zeros");
  const words = [...remediesFor(relu), ...remediesFor(null)].flatMap(({ code }) => code.split(/\W+/));
  expect(words.filter((word) => ambiguous.includes(word))).toEqual([]);
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
    expect(remediesFor(null, [tanh]).map(({ name }) => name)).toEqual([
      "initialization: xavierNormal()",
      "initialization: orthogonal()",
      "activations: tanh, initialization: criticalInit(tanh)",
      "weight normalization",
      "batch normalization",
      "residual scale",
      "shortcuts",
      "shortcuts with learnt scales",
      "layers times 0.25",
      "layers times 0.1",
      "output: linear",
      "output: sigmoid",
      "output: logSoftmax",
      "learning rate times 0.1",
      "learning rate times 10",
      "learning rate times 0.01",
      "learning rate times 100",
      "learning rate times 0.001",
      "learning rate times 1000",
      "clipping: global norm 1",
      "clipping: value 0.1",
      "clipping: adaptive",
      "clipping: percentile",
      "clipping: none",
      "optimizer: Adam at 0.01",
      "optimizer: Adam at 0.001",
    ]);
  });

  it("replace the clipping and the optimizer, and nothing of the model", () => {
    const [none] = remediesFor(null).filter(({ name }) => name === "clipping: none");
    expect(treat(exploding({ depth: 2 }), none, { batch }).clips).toBe(false);
    const [other] = remediesFor(null).filter(({ name }) => name === "optimizer: Adam at 0.001");
    const treatment = treat(exploding({ depth: 2 }), other, { batch });
    const made = treatment.optimizer?.(treatment);
    expect(made?.learningRate).toBe(0.001);
    expect(made?.settings).toMatchObject({ optimizer: "Adam" });
    expect((paste(other.code, { model: treatment.model }) as Optimizer).settings).toEqual(made?.settings);
  });
});

describe("activations are swapped", () => {
  const linear = (outFeatures = 16): nn.Linear => new nn.Linear({ inFeatures: 16, outFeatures });

  it("wherever they stand between weights, and not behind the last", () => {
    const model = new nn.Sequential([
      linear(),
      relu,
      new nn.Sequential([linear(), relu, new nn.ActivationLayer(relu)]),
      new nn.Residual({ inner: new nn.Sequential([relu, linear()]) }),
      (x) => autograd.mul(x, 2),
      new nn.Sequential([new nn.ActivationLayer(relu), linear(4), relu]),
      new nn.ActivationLayer(autograd.sigmoid),
    ]);
    expect(swapActivations(model, tanh)).toBe(5);
    const [, first, second, block, double, end, last] = model.layers as unknown as [
      unknown,
      unknown,
      nn.Sequential,
      nn.Residual,
      { readonly name: string },
      nn.Sequential,
      nn.ActivationLayer,
    ];
    const at = (layer: unknown): unknown => (layer instanceof nn.ActivationLayer ? layer.activation : layer);
    expect([first, second.layers[1], at(second.layers[2]), at(end.layers[0])]).toEqual([
      tanh,
      tanh,
      tanh,
      tanh,
    ]);
    expect((block.inner as nn.Sequential).layers[0]).toBe(tanh);
    expect([at(end.layers[2]), at(last)]).toEqual([relu, autograd.sigmoid]);
    expect(double).toBe(model.layers[4]);
  });

  it("by a layer where what comes instead learns something", () => {
    const model = new nn.Sequential([linear(), relu, linear(4)]);
    expect(swapActivations(model, autograd.prelu)).toBe(1);
    expect(model.parameters()).toHaveLength(5);
  });

  it("in recurrent layers", () => {
    const rnn = new nn.RNN({ inputSize: 3, hiddenSize: 4 });
    const before = rnn.call(autograd.ones([5, 2, 3])).output.toArray();
    expect(swapActivations(rnn as never, relu)).toBe(1);
    const after = rnn.call(autograd.ones([5, 2, 3])).output.toArray();
    expect(after).not.toEqual(before);
    expect(Math.min(...(after as number[][][]).flat(2))).toBe(0);
  });

  it("or the model is refused", () => {
    const bare = new nn.Sequential([linear(), linear(4), relu]);
    expect(() => swapActivations(bare, tanh)).toThrow("expected a model with activations between its layers");
  });
});

describe("batch normalisation is put", () => {
  it("between weights and what has none, with the features and the element type of the layer", () => {
    const model = new nn.Sequential([
      new nn.Conv2d({ inChannels: 1, outChannels: 3, kernelSize: 3, dtype: "f64" }),
      relu,
      new nn.Flatten(),
      new nn.Linear({ inFeatures: 12, outFeatures: 5, dtype: "f64" }),
      new nn.Linear({ inFeatures: 5, outFeatures: 2, dtype: "f64" }),
    ]);
    expect(insertBatchNorm(model)).toBe(1);
    const [, norm] = model.layers;
    expect(norm).toBeInstanceOf(nn.BatchNorm2d);
    expect((norm as nn.BatchNorm2d).weight).toMatchObject({ shape: [3], dtype: "f64" });
    const plain = new nn.Sequential([new nn.Linear({ inFeatures: 2, outFeatures: 5 }), relu]);
    expect(insertBatchNorm(plain)).toBe(1);
    expect(plain.layers[1]).toBeInstanceOf(nn.BatchNorm1d);
    expect(removeBatchNorm(new nn.Sequential([model, plain]))).toBe(2);
    expect([model.layers.length, plain.layers]).toEqual([5, [plain.layers[0], relu]]);
    expect(() => removeBatchNorm(plain)).toThrow("expected batch normalisation");
    expect(() => insertBatchNorm(new nn.Linear({ inFeatures: 2, outFeatures: 5 }))).toThrow(
      "insertBatchNorm",
    );
  });
});

describe("the output is changed", () => {
  const linear = (): nn.Linear => new nn.Linear({ inFeatures: 3, outFeatures: 2 });

  it("in the innermost of the last layers: taken off, put on, put in place of another", () => {
    const inner = new nn.Sequential([linear(), new nn.Softmax()]);
    const model = new nn.Sequential([linear(), inner]);
    changeOutput(model, null);
    expect(inner.layers).toHaveLength(1);
    changeOutput(model, tanh);
    changeOutput(model, relu);
    expect([inner.layers[1], inner.layers.length, model.layers.length]).toEqual([relu, 2, 2]);
  });

  it("or the model is refused", () => {
    for (const layers of [[linear()], [linear(), relu, relu], [relu]])
      expect(() => changeOutput(new nn.Sequential(layers), null)).toThrow(
        "expected an output that can be changed",
      );
    expect(() => changeOutput(linear(), null)).toThrow("expected a Sequential");
  });
});
