import {
  clipAdaptive,
  clipByGlobalNorm,
  clipByPercentile,
  clipByValue,
  type GradientTransform,
} from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { Treatment } from "../treatment.ts";
import { causedBySteps, ofGradients } from "./faults.ts";

/**
 * Gradient clipping: jointly by norm, each by value, by a share of the weights' norm, and by the norms so far.
 *
 * @see Pascanu, Mikolov, Bengio 2013; Brock et al. 2021 (adaptive); Seetharaman et al. 2020 (percentile)
 * @example
 * clipGradients().map(({ name }) => name).slice(0, 2); // ["clipping: global norm 1", "clipping: value 0.1"]
 */
export function clipGradients(): Remedy<Treatment>[] {
  return [
    clipping("global norm 1", "clipByGlobalNorm(1)", () => clipByGlobalNorm(1)),
    clipping("value 0.1", "clipByValue(0.1)", () => clipByValue(0.1)),
    clipping("adaptive", "clipAdaptive()", () => clipAdaptive()),
    clipping("percentile", "clipByPercentile()", () => clipByPercentile()),
  ];
}

const clipping = (name: string, call: string, make: () => GradientTransform): Remedy<Treatment> => ({
  name: `clipping: ${name}`,
  cures: ofGradients,
  code: `new Optimizer(model.parameters(), chain(${call}, optimizer.transform));`,
  measure: "training",
  apply: (treatment) => {
    treatment.gradientTransform = make();
  },
});

/**
 * The optimizer without the clipping that it does: of use where that is too tight.
 *
 * @example
 * treat(model, stopClipping(), { batch }).clips; // false
 */
export function stopClipping(): Remedy<Treatment> {
  return {
    name: "clipping: none",
    cures: ofGradients,
    code: "new Optimizer(model.parameters(), transform); // transform: your optimizer's, such as adam(...), without what clips in front",
    measure: "training",
    suits: causedBySteps("short"),
    apply: (treatment) => {
      treatment.clips = false;
    },
  };
}
