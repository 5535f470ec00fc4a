import { isRecurrent } from "../families/family.ts";
import { between, type Fault, power } from "./fault.ts";

/** Gradients clipped to nothing, or not clipped where they must be. */
export const clippingFaults: readonly Fault[] = [
  {
    name: "clipping far too tight",
    group: "clipping",
    rightCauses: ["learningRate"],
    // Rates of Adam and its kin do not depend on the size of gradients: clipping does nothing there.
    inject: (setting, generator) =>
      setting.optimizer === "sgd" || setting.optimizer === "momentum"
        ? { ...setting, clipping: power(generator, -6, -2.5) }
        : null,
  },
  {
    name: "no clipping where gradients explode through time",
    group: "clipping",
    rightCauses: ["weights", "learningRate"],
    inject: (setting, generator, family) =>
      isRecurrent(family)
        ? {
            ...setting,
            clipping: null,
            optimizer: "momentum",
            learningRate: power(generator, -1, 0),
            weights: { ...setting.weights, scale: setting.weights.scale * between(generator, 1.5, 2.5) },
          }
        : null,
  },
];
