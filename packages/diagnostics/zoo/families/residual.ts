import type { Generator } from "@isograd/autograd";
import { residual } from "../models/residual.ts";
import { plainSetting } from "../setting.ts";
import { digits, pixels } from "../tasks/digits.ts";
import type { Family, Member } from "./family.ts";

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
