import { clipByGlobalNorm, clipByValue } from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { Treatment } from "../treatment.ts";

// What changes the steps and not the network. It does not move gradient flow, so a few training steps judge it.

/**
 * Gradient clipping, jointly by norm and each by value.
 *
 * @see Pascanu, Mikolov, Bengio 2013
 * @example
 * clipGradients().map(({ name }) => name); // ["clipping: global norm 1", "clipping: value 0.1"]
 */
export function clipGradients(): Remedy<Treatment>[] {
  return [
    {
      name: "clipping: global norm 1",
      cures: ["exploding", "divergent"],
      code: "new Optimizer(model.parameters(), chain(clipByGlobalNorm(1), transform));",
      measure: "training",
      apply: (treatment) => {
        treatment.gradientTransform = clipByGlobalNorm(1);
      },
    },
    {
      name: "clipping: value 0.1",
      cures: ["exploding", "divergent"],
      code: "new Optimizer(model.parameters(), chain(clipByValue(0.1), transform));",
      measure: "training",
      apply: (treatment) => {
        treatment.gradientTransform = clipByValue(0.1);
      },
    },
  ];
}

/**
 * A smaller learning rate.
 *
 * @example
 * reduceLearningRate().map(({ code }) => code); // ["optimizer.learningRate *= 0.1;", "optimizer.learningRate *= 0.01;"]
 */
export function reduceLearningRate(): Remedy<Treatment>[] {
  return [0.1, 0.01].map((factor) => ({
    name: `learning rate times ${factor}`,
    cures: ["exploding", "divergent"],
    code: `optimizer.learningRate *= ${factor};`,
    measure: "training",
    apply: (treatment) => {
      treatment.learningRateFactor = factor;
    },
  }));
}
