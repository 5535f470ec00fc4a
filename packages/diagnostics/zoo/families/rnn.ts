import type { Generator } from "@isograd/autograd";
import { recurrent } from "../models/recurrent.ts";
import { plainSetting } from "../setting.ts";
import { order, symbols } from "../tasks/order.ts";
import type { Family, Member } from "./family.ts";

export const rnnFamily: Family = {
  name: "rnn",
  description:
    "simple recurrent networks of 24 to 40 units that tell the order of two symbols in a sequence of 12 to 20",
  kind: "classes",
  network: "rnn",
  isRedundant: false,
  observedEvery: 10,
  task: (generator) => order(generator),
  build: (setting, { outputs }, generator) =>
    recurrent(setting, generator, { cell: "rnn", inputs: symbols, outputs }),
  grid: (generator: Generator): readonly Member[] => {
    const shape = {
      ...plainSetting,
      depth: 1,
      width: 24 + 8 * generator.integer(3),
      activation: "tanh" as const,
      clipping: 1,
      steps: 300,
    };
    return [
      {
        name: "orthogonal, Adam",
        setting: {
          ...shape,
          weights: { law: "orthogonal", scale: 1 },
          optimizer: "adam",
          learningRate: 0.003,
        },
      },
      {
        name: "orthogonal, RMSprop",
        setting: {
          ...shape,
          weights: { law: "orthogonal", scale: 1 },
          optimizer: "rmsprop",
          learningRate: 0.001,
        },
      },
      {
        name: "Xavier, Adam",
        setting: { ...shape, weights: { law: "xavier", scale: 1.2 }, optimizer: "adam", learningRate: 0.003 },
      },
    ];
  },
};
