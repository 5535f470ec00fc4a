import type { Generator } from "@isograd/autograd";
import { recurrent } from "../models/recurrent.ts";
import { plainSetting } from "../setting.ts";
import { order, symbols } from "../tasks/order.ts";
import type { Family, Member } from "./family.ts";

export const lstmFamily: Family = {
  name: "lstm",
  description:
    "long short-term memory of 16 to 32 units that tells the order of two symbols in a sequence of 12 to 20",
  kind: "classes",
  network: "lstm",
  isRedundant: false,
  observedEvery: 10,
  task: (generator) => order(generator),
  build: (setting, { outputs }, generator) =>
    recurrent(setting, generator, { cell: "lstm", inputs: symbols, outputs }),
  grid: (generator: Generator): readonly Member[] => {
    const shape = {
      ...plainSetting,
      depth: 1,
      width: 16 + 8 * generator.integer(3),
      activation: "tanh" as const,
      clipping: 1,
      steps: 200,
    };
    return [
      {
        name: "Xavier, Adam",
        setting: { ...shape, weights: { law: "xavier", scale: 1 }, optimizer: "adam", learningRate: 0.01 },
      },
      {
        name: "PyTorch's weights, Adam",
        setting: { ...shape, weights: { law: "fanIn", scale: 1 }, optimizer: "adam", learningRate: 0.02 },
      },
      {
        name: "orthogonal, RMSprop",
        setting: {
          ...shape,
          weights: { law: "orthogonal", scale: 1 },
          optimizer: "rmsprop",
          learningRate: 0.005,
        },
      },
    ];
  },
};
