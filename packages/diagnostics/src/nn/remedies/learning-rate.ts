import type { Remedy } from "../../remedy.ts";
import type { Treatment } from "../treatment.ts";
import { causedBySteps, ofGradients } from "./faults.ts";

/** By decades, three each way. */
const decades = [0.1, 10, 0.01, 100, 0.001, 1000] as const;

/**
 * A smaller or a larger learning rate.
 *
 * @example
 * scaleLearningRate([0.1, 10]).map(({ code }) => code); // ["optimizer.learningRate *= 0.1;", "optimizer.learningRate *= 10;"]
 */
export function scaleLearningRate(factors: readonly number[] = decades): Remedy<Treatment>[] {
  return factors.map((factor) => ({
    name: `learning rate times ${factor}`,
    cures: ofGradients,
    code: `optimizer.learningRate *= ${factor};`,
    measure: "training",
    suits: causedBySteps(factor < 1 ? "long" : "short"),
    apply: (treatment) => {
      treatment.learningRateFactor = factor;
    },
  }));
}
