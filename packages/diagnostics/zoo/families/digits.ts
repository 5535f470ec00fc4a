import type { Generator } from "@isograd/autograd";
import { convolutional } from "../models/convolutional.ts";
import { plain } from "../models/plain.ts";
import { residual } from "../models/residual.ts";
import { plainSetting } from "../setting.ts";
import { digits } from "../tasks/digits.ts";
import type { Family, Member } from "./family.ts";

const pixels = 196;

export const mlpFamily: Family = {
  name: "mlp",
  description: "plain networks 32 to 128 wide and 3 to 10 deep on handwritten digits of 14 x 14 pixels",
  kind: "classes",
  network: "plain",
  isRedundant: true,
  observedEvery: 5,
  task: (generator) => digits(generator),
  build: (setting, { outputs }, generator) => plain(setting, generator, pixels, outputs),
  grid: (generator: Generator): readonly Member[] => {
    const shape = {
      ...plainSetting,
      depth: 3 + generator.integer(8),
      width: 32 + 16 * generator.integer(7),
      steps: 250,
    };
    return [
      {
        name: "ReLU, He, Adam",
        setting: {
          ...shape,
          activation: "relu",
          weights: { law: "he", scale: 1 },
          optimizer: "adam",
          learningRate: 0.001,
        },
      },
      {
        name: "tanh, Xavier, Adam",
        setting: {
          ...shape,
          activation: "tanh",
          weights: { law: "xavier", scale: 1 },
          optimizer: "adam",
          learningRate: 0.001,
        },
      },
      {
        name: "ELU, He, SGD with momentum",
        setting: {
          ...shape,
          activation: "elu",
          weights: { law: "he", scale: 0.8 },
          optimizer: "momentum",
          learningRate: 0.01,
        },
      },
      {
        name: "ReLU, batch normalisation, SGD with momentum",
        setting: {
          ...shape,
          activation: "relu",
          weights: { law: "he", scale: 1 },
          normalisation: "batch",
          optimizer: "momentum",
          learningRate: 0.02,
        },
      },
      {
        name: "GELU, He, RMSprop",
        setting: {
          ...shape,
          activation: "gelu",
          weights: { law: "he", scale: 1 },
          optimizer: "rmsprop",
          learningRate: 0.0005,
        },
      },
    ];
  },
};

export const cnnFamily: Family = {
  name: "cnn",
  description:
    "two to four convolutions of 6 to 12 channels and one product on handwritten digits of 14 x 14 pixels",
  kind: "classes",
  network: "convolutional",
  isRedundant: true,
  observedEvery: 5,
  task: (generator) => digits(generator, [1, 14, 14]),
  build: (setting, { outputs }, generator) => convolutional(setting, generator, outputs),
  grid: (generator: Generator): readonly Member[] => {
    const shape = {
      ...plainSetting,
      depth: 3 + generator.integer(3),
      width: 6 + 2 * generator.integer(4),
      steps: 186, // 3 epochs,
    };
    return [
      {
        name: "ReLU, He, Adam",
        setting: {
          ...shape,
          activation: "relu",
          weights: { law: "he", scale: 1 },
          optimizer: "adam",
          learningRate: 0.005,
        },
      },
      {
        name: "ReLU, batch normalisation, SGD with momentum",
        setting: {
          ...shape,
          activation: "relu",
          weights: { law: "he", scale: 1 },
          normalisation: "batch",
          optimizer: "momentum",
          learningRate: 0.05,
        },
      },
      {
        name: "ReLU, batch normalisation, Adam",
        setting: {
          ...shape,
          activation: "relu",
          weights: { law: "he", scale: 1 },
          normalisation: "batch",
          optimizer: "adam",
          learningRate: 0.005,
        },
      },
      {
        name: "ELU, Xavier, Adam",
        setting: {
          ...shape,
          activation: "elu",
          weights: { law: "xavier", scale: 1 },
          optimizer: "adam",
          learningRate: 0.003,
        },
      },
    ];
  },
};

export const residualFamily: Family = {
  name: "residual",
  description: "four to ten residual blocks 32 to 64 wide on handwritten digits of 14 x 14 pixels",
  kind: "classes",
  network: "residual",
  isRedundant: true,
  observedEvery: 5,
  task: (generator) => digits(generator),
  build: (setting, { outputs }, generator) => residual(setting, generator, pixels, outputs),
  grid: (generator: Generator): readonly Member[] => {
    const shape = {
      ...plainSetting,
      depth: 4 + generator.integer(7),
      width: 32 + 16 * generator.integer(3),
      normalisation: "layer" as const,
      steps: 200,
    };
    return [
      {
        name: "ReLU, He, Adam",
        setting: {
          ...shape,
          activation: "relu",
          weights: { law: "he", scale: 1 },
          optimizer: "adam",
          learningRate: 0.001,
        },
      },
      {
        name: "GELU, LeCun, Adam",
        setting: {
          ...shape,
          activation: "gelu",
          weights: { law: "lecun", scale: 1 },
          optimizer: "adam",
          learningRate: 0.002,
        },
      },
      {
        name: "ReLU, PyTorch's weights, SGD with momentum",
        setting: {
          ...shape,
          activation: "relu",
          weights: { law: "fanIn", scale: 1 },
          optimizer: "momentum",
          learningRate: 0.02,
        },
      },
    ];
  },
};
