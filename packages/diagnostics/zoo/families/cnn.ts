import type { Generator } from "@isograd/autograd";
import { convolutional } from "../models/convolutional.ts";
import { plainSetting } from "../setting.ts";
import { digits } from "../tasks/digits.ts";
import type { Family, Member } from "./family.ts";

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
