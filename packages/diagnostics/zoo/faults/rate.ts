import { type Fault, power } from "./fault.ts";

/** Learning rates far away from those that train: DeepCrime's operator LCH. */
export const rateFaults: readonly Fault[] = [
  {
    name: "learning rate too large",
    group: "rate",
    rightCauses: ["learningRate"],
    inject: (setting, generator) => ({
      ...setting,
      learningRate: setting.learningRate * power(generator, 1, 2),
    }),
  },
  {
    name: "learning rate far too large",
    group: "rate",
    rightCauses: ["learningRate"],
    inject: (setting, generator) => ({
      ...setting,
      learningRate: setting.learningRate * power(generator, 2, 3),
    }),
  },
  {
    name: "learning rate too small",
    group: "rate",
    rightCauses: ["learningRate"],
    inject: (setting, generator) => ({
      ...setting,
      learningRate: setting.learningRate * power(generator, -4, -1.5),
    }),
  },
];
