import { isRecurrent } from "../families/family.ts";
import type { Fault } from "./fault.ts";

/** Layers removed and added, and a width that holds too little: DeepCrime's operators LRM, LAD and LCN. */
export const structureFaults: readonly Fault[] = [
  {
    name: "all hidden layers but one removed",
    group: "structure",
    rightCauses: [],
    inject: (setting, _, family) =>
      isRecurrent(family) || setting.depth < 3 ? null : { ...setting, depth: 2 },
  },
  {
    name: "layers added",
    group: "structure",
    rightCauses: ["weights", "activation", "alignment"],
    inject: (setting, generator, family) =>
      isRecurrent(family) ? null : { ...setting, depth: setting.depth + 8 + generator.integer(12) },
  },
  {
    name: "one or two units a layer",
    group: "structure",
    rightCauses: ["alignment"],
    inject: (setting, generator) => ({ ...setting, width: 1 + generator.integer(2) }),
  },
];
