import { isRecurrent } from "../families/family.ts";
import type { Fault } from "./fault.ts";

/** Depths at which activation or weights let gradients vanish. */
export const gradientFaults: readonly Fault[] = [
  {
    name: "deep with sigmoids",
    group: "gradient",
    rightCauses: ["activation"],
    inject: (setting, generator, family) =>
      isRecurrent(family)
        ? null
        : { ...setting, activation: "sigmoid", depth: Math.max(setting.depth, 8 + generator.integer(8)) },
  },
  {
    name: "too deep for default weights",
    group: "gradient",
    rightCauses: ["weights"],
    inject: (setting, generator, family) =>
      isRecurrent(family)
        ? null
        : {
            ...setting,
            weights: { law: "fanIn", scale: 1 },
            normalisation: "none",
            depth: Math.max(setting.depth, 14 + generator.integer(10)),
          },
  },
  {
    name: "too deep with batch normalisation",
    group: "gradient",
    rightCauses: ["operation"],
    inject: (setting, generator, family) =>
      isRecurrent(family) || family.network === "residual"
        ? null
        : { ...setting, activation: "relu", normalisation: "batch", depth: 40 + generator.integer(20) },
  },
];
