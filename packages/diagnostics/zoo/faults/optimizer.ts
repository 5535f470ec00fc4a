import type { Fault } from "./fault.ts";

/** Another optimizer at the same learning rate: DeepCrime's operator OCH. */
export const optimizerFaults: readonly Fault[] = [
  {
    name: "SGD in place of an adaptive optimizer",
    group: "optimizer",
    rightCauses: ["learningRate"],
    inject: (setting) =>
      setting.optimizer === "momentum" || setting.optimizer === "sgd"
        ? null
        : { ...setting, optimizer: "sgd" },
  },
  {
    name: "Adam in place of SGD",
    group: "optimizer",
    rightCauses: ["learningRate"],
    inject: (setting) =>
      setting.optimizer === "momentum" || setting.optimizer === "sgd"
        ? { ...setting, optimizer: "adam" }
        : null,
  },
];
