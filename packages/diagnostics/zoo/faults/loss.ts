import type { Fault } from "./fault.ts";

/** Outputs that do not fit the loss, and another loss: DeepCrime's operator LCH and the output's activation. */
export const lossFaults: readonly Fault[] = [
  {
    name: "squashed twice",
    group: "loss",
    rightCauses: ["operation"],
    inject: (setting, _, { kind }) =>
      kind === "numbers" ? null : { ...setting, head: kind === "classes" ? "softmax" : "sigmoid" },
  },
  {
    name: "ReLU behind the last layer",
    group: "loss",
    rightCauses: ["operation", "activation"],
    inject: (setting) => ({ ...setting, head: "relu" }),
  },
  {
    name: "sigmoid behind the last layer of a regression",
    group: "loss",
    rightCauses: ["operation", "activation"],
    inject: (setting, _, { kind }) => (kind === "numbers" ? { ...setting, head: "sigmoid" } : null),
  },
  {
    name: "squared error for classes",
    group: "loss",
    rightCauses: ["operation"],
    inject: (setting, _, { kind }) => (kind === "numbers" ? null : { ...setting, loss: "meanSquare" }),
  },
];
