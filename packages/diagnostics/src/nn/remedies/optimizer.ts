import { Adam } from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { Treatment } from "../treatment.ts";
import { causedBy, ofGradients } from "./faults.ts";

/**
 * Adam in place of the optimizer: its steps do not depend on the scale of the gradients.
 *
 * @see Kingma, Ba 2015, "Adam"
 * @example
 * changeOptimizer([0.01]).map(({ name }) => name); // ["optimizer: Adam at 0.01"]
 */
export function changeOptimizer(learningRates: readonly number[] = [0.01, 0.001]): Remedy<Treatment>[] {
  return learningRates.map((learningRate) => ({
    name: `optimizer: Adam at ${learningRate}`,
    cures: ofGradients,
    code: `new Adam(model.parameters(), { learningRate: ${learningRate} });`,
    measure: "training",
    suits: causedBy("learningRate"),
    apply: (treatment) => {
      treatment.optimizer = ({ model }) => new Adam(model.parameters(), { learningRate });
    },
  }));
}
