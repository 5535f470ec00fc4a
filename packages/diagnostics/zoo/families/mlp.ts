import type { Generator } from "@isograd/autograd";
import { plain } from "../models/plain.ts";
import { plainSetting } from "../setting.ts";
import { digits, pixels } from "../tasks/digits.ts";
import type { Family, Member } from "./family.ts";

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
