import {
  backward,
  Generator,
  matmul,
  observe,
  randn,
  relu,
  type Tensor,
  tanh,
  transpose,
} from "@isograd/autograd";
import { ActivationLayer, Conv2d, Linear, mseLoss, RNN, Sequential, SGD } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { LayerWatch } from "../../../zoo/examination/layers.ts";
import type { LayerObservation } from "../../../zoo/observation.ts";

const generator = new Generator("layers");

/** The layers as they are seen at one step. */
function seen(parameters: readonly Tensor[], forward: () => Tensor): LayerObservation[] {
  const watch = new LayerWatch();
  const optimizer = new SGD(parameters, { learningRate: 0.1 });
  const handle = observe(watch);
  const output = forward();
  backward(mseLoss(output, randn(generator, output.shape)));
  optimizer.step();
  handle.remove();
  return watch.layers();
}

describe("plain layers", () => {
  const first = new Linear({ inFeatures: 3, outFeatures: 4, bias: false, generator });
  const last = new Linear({ inFeatures: 4, outFeatures: 2, bias: false, generator });
  const model = new Sequential([first, new ActivationLayer(relu), last]);
  const inputs = randn(generator, [5, 3]);
  const before = first.weight.values().slice();
  const sums = matmul(inputs, transpose(first.weight)).values().slice();
  const layers = seen(model.parameters(), () => model.call(inputs));

  it("come in order of depth, with their names", () => {
    expect(layers.map(({ place, activation, units }) => [place, activation, units])).toEqual([
      ["layers.0", "relu", 4],
      ["layers.2", null, 2],
    ]);
  });

  it("show the weight before the update, its gradient, and the update", () => {
    const [{ weight, gradient, update }] = layers;
    expect(Array.from(weight)).toEqual(Array.from(before));
    const after = first.weight.values();
    for (let k = 0; k < before.length; k++) {
      expect(update[k]).toBeCloseTo(after[k] - before[k], 12);
      expect(update[k]).toBeCloseTo(-0.1 * gradient[k], 6);
    }
    expect(Math.max(...Array.from(gradient, Math.abs))).toBeGreaterThan(0);
  });

  it("show what the activation takes and gives, and the sums themselves where there is none", () => {
    expect(Array.from(layers[0].preActivations)).toEqual(Array.from(sums));
    expect(Array.from(layers[0].outputs)).toEqual(Array.from(sums, (value) => Math.max(0, value)));
    expect(layers[1].outputs).toBe(layers[1].preActivations);
  });
});

it("a recurrent weight is one layer, with the rows of all steps", () => {
  const rnn = new RNN({ inputSize: 3, hiddenSize: 4, batchFirst: true, generator });
  const layers = seen(rnn.parameters(), () => rnn.call(randn(generator, [2, 6, 3])).output);
  const hidden = layers.find(({ weight }) => weight.length === 16) as LayerObservation;
  expect([hidden.activation, hidden.units]).toEqual([tanh.name, 4]);
  expect(hidden.outputs.length % (2 * 4)).toBe(0);
  expect(hidden.outputs.length).toBeGreaterThanOrEqual(5 * 2 * 4);
});

it("channels of an image stand last", () => {
  const convolution = new Conv2d({ inChannels: 1, outChannels: 2, kernelSize: 1, generator });
  let output: Tensor | null = null;
  const [layer] = seen(convolution.parameters(), () => {
    output = convolution.call(randn(generator, [1, 1, 2, 2]));
    return output;
  });
  const [[[[a, b]], [[e]]]] = (output as unknown as Tensor).toArray() as number[][][][];
  expect(layer.units).toBe(2);
  expect([layer.preActivations[0], layer.preActivations[1], layer.preActivations[2]]).toEqual([a, e, b]);
});
