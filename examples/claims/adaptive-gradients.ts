import { Adagrad, Adam, RMSprop } from "@isograd/nn";
import type { Claim, Measurement } from "./claim.ts";
import { throughData, throughDepth, throughTime } from "./laboratory/ailments.ts";
import type { Arm } from "./laboratory/arm.ts";
import { cure } from "./laboratory/cure.ts";

const methods: Readonly<Record<string, Arm["optimizer"]>> = {
  Adam: (parameters, learningRate) => new Adam(parameters, { learningRate }),
  RMSprop: (parameters, learningRate) => new RMSprop(parameters, { learningRate }),
  Adagrad: (parameters, learningRate) => new Adagrad(parameters, { learningRate }),
};

export const adaptiveGradients: Claim = {
  section: "5.1",
  statement: "Adaptive gradient methods help against exploding gradients.",
  theory:
    "They divide each gradient by its own usual size, so steps are bounded whatever the size. What a network computes stays as it is: if the signal of deep layers is out of proportion it stays so.",
  experiment: async (laboratory) => {
    const measured: Measurement[] = [];
    for (const [name, optimizer] of Object.entries(methods))
      measured.push(...(await cure(laboratory, throughDepth, name, { optimizer })));
    for (const ailment of [throughTime, throughData])
      measured.push(...(await cure(laboratory, ailment, "Adam", { optimizer: methods.Adam })));
    return measured;
  },
};
