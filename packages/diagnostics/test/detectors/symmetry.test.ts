import {
  backward,
  Generator,
  matmul,
  mul,
  ones,
  relu,
  sigmoid,
  type Tensor,
  tanh,
  tensor,
  transpose,
} from "@isograd/autograd";
import { diagnose, watch } from "@isograd/diagnostics";
import {
  ActivationLayer,
  Conv2d,
  constant,
  crossEntropy,
  Dropout,
  Flatten,
  heNormal,
  type Initializer,
  Linear,
  Sequential,
  zeros,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { detectSymmetry } from "../../src/detectors/symmetry.ts";
import type { Contraction } from "../../src/trace/network.ts";
import { type Batch, trace } from "../../src/trace/trace.ts";
import { classes } from "../networks/data.ts";
import { plain } from "../networks/plain.ts";

const batch = classes({ seed: "symmetry" });

const places = (model: Sequential | ((x: Tensor) => Tensor), on: Batch = batch): readonly string[] =>
  detectSymmetry(trace({ model, batch: on, loss: crossEntropy }).contractions).flatMap((each) => each.places);

const dense = (weights: Initializer, activation = tanh): Sequential =>
  plain({ width: 8, depth: 3, activation, weights, seed: "symmetry" });

/** A network whose first layer has some weights drawn, and the others alike. */
function partly(drawn: number): Sequential {
  const model = dense(constant(0.1));
  const { weight } = model.layers[0] as Linear;
  const values = weight.values().slice();
  new Generator(1).fillNormal(values.subarray(0, 16 * drawn) as Float32Array);
  weight.assign(Object.assign(mul(weight.detach(), 1), { data: values }));
  return model;
}

describe("units that are all the same", () => {
  it.each([0, 0.05, 1])("are found where all weights are %f", (value) => {
    expect(places(dense(constant(value), sigmoid))).toEqual(["layers.0", "layers.2"]);
  });

  it("are found in channels of images, and where the weights stand in front", () => {
    const images = classes({ seed: "images", inputs: [1, 6, 6], examples: 8 });
    const convolutional = (weightInit: Initializer) =>
      new Sequential([
        new Conv2d({ inChannels: 1, outChannels: 4, kernelSize: 3, weightInit, biasInit: zeros }),
        new ActivationLayer(relu),
        new Flatten(),
        new Linear({ inFeatures: 64, outFeatures: 4, weightInit, biasInit: zeros }),
      ]);
    expect(places(convolutional(constant(0.1)), images)).toEqual(["layers.0"]);
    expect(places(convolutional(heNormal()), images)).toEqual([]);
    const inFront = (value: Initializer) => {
      const [first, last] = [dense(value).layers[0], dense(value).layers[4]] as Linear[];
      return (x: Tensor) => transpose(matmul(last.weight, tanh(matmul(first.weight, transpose(x)))));
    };
    expect(places(inFront(constant(0.1)))).toHaveLength(1);
    expect(places(inFront(heNormal()))).toEqual([]);
  });

  it("are none where one of them is another", () => {
    expect(places(partly(0))).toEqual(["layers.0", "layers.2"]);
    expect(places(partly(1))).toEqual(["layers.2"]);
  });

  it("are none where what comes back differs: behind dropout, and in front of drawn weights", () => {
    const dropped = plain({
      width: 8,
      depth: 3,
      activation: tanh,
      weights: constant(0.1),
      seed: 1,
      behind: () => new Dropout({ generator: new Generator("drop") }),
    });
    expect(places(dropped)).toEqual([]);
    const model = dense(heNormal());
    const first = model.layers[0] as Linear;
    first.weight.assign(mul(first.weight.detach(), 0));
    expect(places(model)).toEqual([]);
  });

  it("are none in the last layer, or where there is one only", () => {
    const last = plain({ width: 8, depth: 1, activation: tanh, weights: constant(0.1), seed: 1 });
    expect(places(last)).toEqual([]);
    expect(places(plain({ width: 1, depth: 3, activation: tanh, weights: 1, seed: 1 }))).toEqual([]);
  });
});

describe("of a layer alone", () => {
  /** [inputs, units], which differ along the inputs, and one of them by a share `off` of the root mean square among the units. */
  const layer = (off: number, weightFirst = false): Contraction => {
    const weight = [
      [1, 1, 1],
      [-1, -1 - off, -1],
    ];
    const turned = [0, 1, 2].map((unit) => weight.map((row) => row[unit]));
    return {
      place: "layer",
      feeds: true,
      fanOut: 3,
      weightFirst,
      weight: tensor(weightFirst ? turned : weight, { dtype: "f64" }),
      output: ones([3, 3]),
      cotangent: ones([3, 3]),
      node: { op: { contraction: "plain" } },
    } as unknown as Contraction;
  };

  it.each([false, true])("allows for rounding, weights in front: %s", (weightFirst) => {
    expect(detectSymmetry([layer(0.9e-5, weightFirst)])).toHaveLength(1);
    expect(detectSymmetry([layer(1.1e-5, weightFirst)])).toEqual([]);
    expect(detectSymmetry([layer(Number.NaN, weightFirst)])).toEqual([]);
  });

  it("says how many units differ", () => {
    expect(detectSymmetry([layer(0)])[0].measured).toEqual({
      statistic: "units of layer that differ from the first (of 3)",
      value: 0,
    });
  });
});

it("is an alarm that names the weights, by diagnose and by watch", () => {
  const { findings, verdict } = diagnose(dense(constant(0.4)), batch, crossEntropy, { redraws: 4 });
  const finding = findings.find(({ detector }) => detector === "symmetry");
  expect(verdict).toContain("symmetric");
  expect(finding).toMatchObject({ severity: "alarm", places: ["layers.0", "layers.2"] });
  expect(finding?.causes.map(({ part }) => part)).toEqual(["weights"]);
  using watcher = watch();
  backward(crossEntropy(dense(constant(0.4)).call(batch.inputs), batch.targets));
  expect(watcher.findings.map(({ finding: { fault } }) => fault)).toContain("symmetric");
});
