import type { Setting, Weights } from "../setting.ts";
import { between, type Fault, power } from "./fault.ts";

const drawn = (
  name: string,
  weights: (setting: Setting, generator: Parameters<Fault["inject"]>[1]) => Weights,
): Fault => ({
  name,
  group: "initialisation",
  rightCauses: ["weights"],
  inject: (setting, generator) => ({ ...setting, weights: weights(setting, generator) }),
});

/** Weights and biases that no training should begin with: DeepCrime's operator WCI and gains that are off. */
export const initialisationFaults: readonly Fault[] = [
  drawn("gain too large", ({ weights }, generator) => ({
    ...weights,
    scale: weights.scale * between(generator, 1.8, 4),
  })),
  drawn("gain too small", ({ weights }, generator) => ({
    ...weights,
    scale: weights.scale * between(generator, 0.2, 0.55),
  })),
  drawn("weights all 0", () => ({ law: "constant", scale: 0 })),
  drawn("weights all alike", (_, generator) => ({ law: "constant", scale: power(generator, -1.5, 0) })),
  drawn("uniform weights, wide", (_, generator) => ({ law: "uniform", scale: power(generator, 0, 0.8) })),
  drawn("uniform weights, narrow", (_, generator) => ({ law: "uniform", scale: power(generator, -2.5, -1) })),
  {
    name: "hidden biases far below 0",
    group: "initialisation",
    rightCauses: ["bias"],
    inject: (setting, generator) => ({ ...setting, bias: -between(generator, 3, 12) }),
  },
];
