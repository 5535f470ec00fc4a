import { between, type Fault } from "./fault.ts";

/** Too little training, batches of another size, wrong labels: DeepCrime's operators HNE, HBS and TCL. */
export const dataFaults: readonly Fault[] = [
  {
    name: "too few epochs",
    group: "data",
    rightCauses: [],
    inject: (setting, generator) => ({
      ...setting,
      steps: Math.max(10, Math.round(setting.steps * between(generator, 0.03, 0.15))),
    }),
  },
  {
    name: "batches of two",
    group: "data",
    rightCauses: [],
    inject: (setting) => (setting.normalisation === "batch" ? null : { ...setting, batch: 2 }),
  },
  {
    name: "labels at random",
    group: "data",
    rightCauses: ["data"],
    inject: (setting, generator) => ({ ...setting, labelNoise: between(generator, 0.6, 1) }),
  },
];
