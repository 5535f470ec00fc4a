import { relu, tanh } from "@isograd/autograd";
import { diagnose } from "@isograd/diagnostics";
import { addActivations, insertActivations, treat } from "@isograd/diagnostics/nn";
import {
  type ActivationLayer,
  BatchNorm1d,
  crossEntropy,
  Flatten,
  Linear,
  LSTM,
  Sequential,
} from "@isograd/nn";
import { expect, it } from "vitest";
import { learnable, linear } from "../samples.ts";

const kindsOf = ({ layers }: Sequential): string[] => layers.map((layer) => layer.constructor.name);

it("activations stand behind weights and their normalisation, and not behind the last", () => {
  const product = (): Linear => new Linear({ inFeatures: 16, outFeatures: 16 });
  const inner = new Sequential([product()]);
  const model = new Sequential([
    product(),
    new BatchNorm1d({ numFeatures: 16 }),
    inner,
    new Flatten(),
    product(),
  ]);
  expect(insertActivations(model, tanh)).toBe(2);
  expect(kindsOf(model)).toEqual([
    "Linear",
    "BatchNorm1d",
    "ActivationLayer",
    "Sequential",
    "Flatten",
    "Linear",
  ]);
  expect(kindsOf(inner)).toEqual(["Linear", "ActivationLayer"]);
  expect((inner.layers[1] as ActivationLayer).activation).toBe(tanh);
});

it("there is no place for them in front of a single layer, or in one that has no layers", () => {
  const single = new Sequential([new Linear({ inFeatures: 2, outFeatures: 2 })]);
  expect(() => insertActivations(single, relu)).toThrow("insertActivations: expected weights");
  expect(() => insertActivations(new LSTM({ inputSize: 2, hiddenSize: 2 }) as never, relu)).toThrow(
    "insertActivations",
  );
});

it("with them a network is no longer linear", () => {
  const batch = learnable("linear", 64);
  const linearAmong = (model: Sequential): boolean =>
    diagnose(model, batch, crossEntropy, { redraws: 0 }).findings.some(
      ({ detector }) => detector === "linear",
    );
  const [remedy] = addActivations([relu]);
  expect(linearAmong(linear())).toBe(true);
  expect(linearAmong(treat(linear(), remedy, { batch }).model as Sequential)).toBe(false);
});
