import type { Generator } from "@isograd/autograd";
import { plain } from "../models/plain.ts";
import { plainSetting } from "../setting.ts";
import { table } from "../tasks/table.ts";
import type { Family, Member } from "./family.ts";

export const tableFamily: Family = {
  name: "table",
  description:
    "regression on a table of ten columns (Friedman's first), by plain networks 24 to 64 wide and 3 to 6 deep",
  kind: "numbers",
  network: "plain",
  isRedundant: false,
  observedEvery: 1,
  task: table,
  build: (setting, { outputs }, generator) => plain(setting, generator, 10, outputs),
  grid: (generator: Generator): readonly Member[] => {
    const shape = {
      ...plainSetting,
      depth: 3 + generator.integer(4),
      width: 24 + 8 * generator.integer(6),
      steps: 460, // 10 epochs,
    };
    return [
      {
        name: "ReLU, He, Adam",
        setting: {
          ...shape,
          activation: "relu",
          weights: { law: "he", scale: 1 },
          optimizer: "adam",
          learningRate: 0.01,
        },
      },
      {
        name: "tanh, Xavier, Adam",
        setting: {
          ...shape,
          activation: "tanh",
          weights: { law: "xavier", scale: 1 },
          optimizer: "adam",
          learningRate: 0.003,
        },
      },
      {
        name: "SiLU, He, Adam, cosine",
        setting: {
          ...shape,
          activation: "silu",
          weights: { law: "he", scale: 1 },
          optimizer: "adam",
          learningRate: 0.005,
          schedule: "cosine",
        },
      },
      {
        name: "ELU, LeCun, SGD with momentum",
        setting: {
          ...shape,
          activation: "elu",
          weights: { law: "lecun", scale: 1 },
          optimizer: "momentum",
          learningRate: 0.01,
        },
      },
    ];
  },
};
