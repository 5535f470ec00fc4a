import type { Generator } from "@isograd/autograd";
import { texts } from "../models/texts.ts";
import { plainSetting } from "../setting.ts";
import { vocabulary, words } from "../tasks/words.ts";
import type { Family, Member } from "./family.ts";

export const textFamily: Family = {
  name: "text",
  description:
    "texts of ten words on four subjects: a table of words, their mean, and a plain network of two to four layers",
  kind: "classes",
  network: "texts",
  isRedundant: false,
  observedEvery: 1,
  task: words,
  build: (setting, { outputs }, generator) => texts(setting, generator, vocabulary, outputs),
  grid: (generator: Generator): readonly Member[] => {
    const shape = {
      ...plainSetting,
      depth: 2 + generator.integer(3),
      width: 16 + 8 * generator.integer(3),
      steps: 300,
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
        name: "tanh, Xavier, Adam",
        setting: {
          ...shape,
          activation: "tanh",
          weights: { law: "xavier", scale: 1 },
          optimizer: "adam",
          learningRate: 0.005,
        },
      },
      {
        name: "leaky ReLU, He, Adagrad",
        setting: {
          ...shape,
          activation: "leakyRelu",
          weights: { law: "he", scale: 1 },
          optimizer: "adagrad",
          learningRate: 0.05,
        },
      },
    ];
  },
};
