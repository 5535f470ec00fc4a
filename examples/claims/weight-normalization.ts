import type { Tensor } from "@isograd/autograd";
import { initializeFromData, Linear, type Module, spectralNorm, weightNorm } from "@isograd/nn";
import type { Claim } from "./claim.ts";
import { throughData, throughDepth } from "./laboratory/ailments.ts";
import type { Arm } from "./laboratory/arm.ts";
import { cure } from "./laboratory/cure.ts";
import { flowMeasurement } from "./laboratory/flow.ts";

type Network = Module<readonly [Tensor], Tensor>;

/** The same network with every linear layer normalised. */
const normalized =
  ({ build }: Arm, normalize: (layer: Linear) => unknown): Arm["build"] =>
  (task, generator) => {
    const model = build(task, generator);
    for (const layer of model.modules()) if (layer instanceof Linear) normalize(layer);
    return model;
  };

const fromData = (model: Network, inputs: Tensor): void => void initializeFromData(model, inputs);

export const weightNormalizationCures: Claim = {
  section: "3.1",
  statement:
    "Normalising weights while the network is trained, so that they do not become too large, solves the explosion.",
  theory:
    "Weight normalization learns length and direction apart; it begins with the lengths that are there, and alone changes no gradient of a layer. With lengths set by a look at data the explosion ends. A bound on the norm ends it as well; too tight for ReLU, it lets the gradient vanish. Inputs that are too large stay so.",
  experiment: async (laboratory) => {
    const { sick } = throughDepth;
    const build = normalized(sick, weightNorm);
    const bounded = normalized(sick, (layer) => spectralNorm(layer));
    return [
      flowMeasurement(laboratory, `${throughDepth.name}; weight normalization`, { build }, { below: 1e3 }),
      ...(await cure(laboratory, throughDepth, "weight normalization", { build })),
      ...(await cure(laboratory, throughDepth, "weight normalization, lengths from data", {
        build,
        prepare: fromData,
      })),
      ...(await cure(laboratory, throughDepth, "spectral norm 1", { build: bounded })),
      ...(await cure(laboratory, throughData, "weight normalization, lengths from data", {
        build: normalized(throughData.sick, weightNorm),
        prepare: fromData,
      })),
    ];
  },
};
