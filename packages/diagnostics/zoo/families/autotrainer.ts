import type { Generator } from "@isograd/autograd";
import { plain } from "../models/plain.ts";
import { plainSetting, type Setting } from "../setting.ts";
import { blobs } from "../tasks/blobs.ts";
import { circles } from "../tasks/circles.ts";
import type { Family, Member } from "./family.ts";

// AutoTrainer's models are not at hand: this re-creates the family that its paper and its stored results describe, networks of five units a layer and 8 to 19
// layers on the two sets of points. Of its settings the grid has those that train at such a depth; the others come as faults.

function grid(generator: Generator): readonly Member[] {
  const narrow: Omit<Setting, "activation" | "weights" | "optimizer" | "learningRate"> = {
    ...plainSetting,
    depth: 8 + generator.integer(12),
    width: generator.uniform() < 0.7 ? 5 : 6 + generator.integer(3),
    steps: 440, // 20 epochs of 22 batches
  };
  return [
    {
      name: "tanh, orthogonal, Adam",
      setting: {
        ...narrow,
        activation: "tanh",
        weights: { law: "orthogonal", scale: 1 },
        optimizer: "adam",
        learningRate: 0.005,
      },
    },
    {
      name: "tanh, Xavier, Adam",
      setting: {
        ...narrow,
        activation: "tanh",
        weights: { law: "xavierUniform", scale: 1.2 },
        optimizer: "adam",
        learningRate: 0.01,
      },
    },
    {
      name: "ELU, He, Adam",
      setting: {
        ...narrow,
        activation: "elu",
        weights: { law: "heUniform", scale: 0.85 },
        optimizer: "adam",
        learningRate: 0.005,
      },
    },
    {
      name: "leaky ReLU, orthogonal, Adam",
      setting: {
        ...narrow,
        activation: "leakyRelu",
        weights: { law: "orthogonal", scale: Math.SQRT2 },
        optimizer: "adam",
        learningRate: 0.005,
      },
    },
    {
      name: "tanh, orthogonal, SGD",
      setting: {
        ...narrow,
        activation: "tanh",
        weights: { law: "orthogonal", scale: 1 },
        optimizer: "momentum",
        learningRate: 0.02,
      },
    },
  ];
}

const shared = {
  grid,
  isRecurrent: false,
  observedEvery: 1,
  build: (setting, { outputs }, generator) => plain(setting, generator, 2, outputs),
} as const satisfies Partial<Family>;

export const blobFamily: Family = {
  ...shared,
  name: "blob",
  description: "narrow deep networks on three Gaussian blobs: AutoTrainer's Blob family, re-created",
  task: blobs,
};

export const circleFamily: Family = {
  ...shared,
  name: "circle",
  description: "narrow deep networks on two circles: AutoTrainer's Circle family, re-created",
  task: circles,
};
