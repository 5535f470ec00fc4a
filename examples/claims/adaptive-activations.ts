import { prelu, relu, silu, swish } from "@isograd/autograd";
import type { ActivationFunction } from "@isograd/nn";
import type { Claim } from "./claim.ts";
import { throughDepth, twiceHe } from "./laboratory/ailments.ts";
import { compare } from "./laboratory/compare.ts";
import { cure } from "./laboratory/cure.ts";
import { byAdam } from "./laboratory/descents.ts";
import { flowMeasurement } from "./laboratory/flow.ts";
import { plain } from "./laboratory/plain-network.ts";

export const adaptiveActivations: Claim = {
  section: "5.1, 5.2",
  statement: "Adaptive activations, which learn a part of their shape, help against exploding gradients.",
  theory:
    "They begin with a shape, and its slopes times the weights are what explodes or not, before anything is learnt. Later they fit a little better or not.",
  experiment: async (laboratory) => {
    const { digits: task } = laboratory.tasks;
    const build = plain({ weights: twiceHe, activation: prelu });
    const of = (activation: ActivationFunction) => ({ build: plain({ layers: 5, activation }), ...byAdam });
    return [
      flowMeasurement(
        laboratory,
        "20 layers of PReLU, weights twice He's",
        { build: plain({ layers: 20, weights: twiceHe, activation: prelu }) },
        { below: 1e3 },
      ),
      flowMeasurement(
        laboratory,
        "20 layers of Swish, weights twice He's",
        { build: plain({ layers: 20, weights: twiceHe, activation: swish }) },
        { below: 1e3 },
      ),
      ...(await cure(laboratory, throughDepth, "PReLU", { build })),
      await compare(laboratory, {
        setting: "5 layers, He's weights, where nothing explodes",
        task,
        arms: { PReLU: of(prelu), ReLU: of(relu) },
        claimed: { above: 1 },
      }),
      await compare(laboratory, {
        setting: "5 layers, He's weights, where nothing explodes",
        task,
        arms: { "Swish with a learnt β": of(swish), "Swish with β = 1": of(silu) },
        claimed: { above: 1 },
      }),
    ];
  },
};
