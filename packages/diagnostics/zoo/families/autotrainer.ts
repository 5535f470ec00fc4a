import type { Generator } from "@isograd/autograd";
import { plain } from "../models/plain.ts";
import { plainSetting, type Setting } from "../setting.ts";
import { blobs } from "../tasks/blobs.ts";
import { circles } from "../tasks/circles.ts";
import type { Family, Member } from "./family.ts";

// AutoTrainer's models are not at hand: this re-creates the families that its paper and its stored results describe, networks of five units a layer and 8 to 19
// layers on the two sets of points. Of its settings the grids have such as train at that depth; the others come as faults.

/** Width and depth, the same for all members of a grid. */
const narrow = (generator: Generator) => ({
  ...plainSetting,
  depth: 8 + generator.integer(12),
  width: generator.uniform() < 0.7 ? 5 : 6 + generator.integer(3),
});

type Choice = Pick<Setting, "activation" | "weights" | "optimizer" | "learningRate">;

const elu: Choice = {
  activation: "elu",
  weights: { law: "heUniform", scale: 0.85 },
  optimizer: "adam",
  learningRate: 0.005,
};
const eluRmsprop: Choice = {
  activation: "elu",
  weights: { law: "orthogonal", scale: 1.2 },
  optimizer: "rmsprop",
  learningRate: 0.002,
};
const leaky: Choice = {
  activation: "leakyRelu",
  weights: { law: "heUniform", scale: 1 },
  optimizer: "adam",
  learningRate: 0.003,
};
const silu: Choice = {
  activation: "silu",
  weights: { law: "orthogonal", scale: 1.8 },
  optimizer: "adam",
  learningRate: 0.005,
};
const tanh: Choice = {
  activation: "tanh",
  weights: { law: "orthogonal", scale: 1.1 },
  optimizer: "adam",
  learningRate: 0.005,
};
const siluMomentum: Choice = { ...silu, optimizer: "momentum", learningRate: 0.03 };
const tanhMomentum: Choice = { ...tanh, optimizer: "momentum", learningRate: 0.02 };

export const blobFamily: Family = {
  name: "blob",
  description: "narrow deep networks on three Gaussian blobs: AutoTrainer's Blob family, re-created",
  kind: "classes",
  network: "plain",
  isRedundant: false,
  observedEvery: 1,
  task: blobs,
  build: (setting, { outputs }, generator) => plain(setting, generator, 2, outputs),
  grid: (generator): readonly Member[] => {
    const shape = { ...narrow(generator), steps: 440 }; // 20 epochs
    return [
      { name: "ELU, He, Adam", setting: { ...shape, ...elu } },
      { name: "ELU, orthogonal, RMSprop", setting: { ...shape, ...eluRmsprop } },
      { name: "leaky ReLU, He, Adam", setting: { ...shape, ...leaky } },
      { name: "tanh, orthogonal, Adam", setting: { ...shape, ...tanh } },
      { name: "tanh, orthogonal, SGD with momentum", setting: { ...shape, ...tanhMomentum } },
    ];
  },
};

export const circleFamily: Family = {
  name: "circle",
  description: "narrow deep networks on two circles: AutoTrainer's Circle family, re-created",
  kind: "binary",
  network: "plain",
  isRedundant: false,
  observedEvery: 2,
  task: circles,
  build: (setting, { outputs }, generator) => plain(setting, generator, 2, outputs),
  grid: (generator): readonly Member[] => {
    const shape = { ...narrow(generator), steps: 880, schedule: "cosine" as const }; // 40 epochs
    return [
      { name: "ELU, He, Adam", setting: { ...shape, ...elu } },
      { name: "ELU, orthogonal, RMSprop", setting: { ...shape, ...eluRmsprop } },
      { name: "SiLU, orthogonal, Adam", setting: { ...shape, ...silu } },
      { name: "SiLU, orthogonal, SGD with momentum", setting: { ...shape, ...siluMomentum } },
    ];
  },
};
