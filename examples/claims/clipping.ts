import type { Tensor } from "@isograd/autograd";
import { chain, clipByGlobalNorm, clipByValue, type GradientTransform, Optimizer, sgd } from "@isograd/nn";
import type { Claim, Measurement } from "./claim.ts";
import { ailments, throughDepth } from "./laboratory/ailments.ts";
import { cure } from "./laboratory/cure.ts";

const clipped =
  (clip: GradientTransform<null>) =>
  (parameters: readonly Tensor[], learningRate: number): Optimizer =>
    new Optimizer([...parameters], chain(clip, sgd({ learningRate })));

export const clippingCures: Claim = {
  section: "3.1",
  statement: "Clipping gradients, so that they do not become too large, solves the explosion.",
  theory:
    "Clipping by norm bounds the step and keeps its direction. It helps where gradients are too large now and then, in time or through data. Where they grow through depth it leaves the share of each layer as it is; clipping each value hides that at the price of the direction.",
  experiment: async (laboratory) => {
    const measured: Measurement[] = [];
    for (const ailment of ailments)
      measured.push(
        ...(await cure(laboratory, ailment, "clipped to norm 1", {
          optimizer: clipped(clipByGlobalNorm(1)),
        })),
      );
    measured.push(
      ...(await cure(laboratory, throughDepth, "each value clipped to 0.01", {
        optimizer: clipped(clipByValue(0.01)),
      })),
    );
    return measured;
  },
};
