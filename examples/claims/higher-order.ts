import type { Tensor } from "@isograd/autograd";
import { backtracking, categoricalDivergence, LBFGS, NaturalGradient, strongWolfe } from "@isograd/nn";
import type { Claim } from "./claim.ts";
import { throughDepth } from "./laboratory/ailments.ts";
import type { Arm } from "./laboratory/arm.ts";
import { compare } from "./laboratory/compare.ts";
import { cure } from "./laboratory/cure.ts";
import { byDescent } from "./laboratory/descents.ts";
import { plain } from "./laboratory/plain-network.ts";

/** Ten products with the curvature a step. */
const natural: Partial<Arm> = {
  secondOrder: (parameters, damping) =>
    new NaturalGradient([...parameters], {
      divergence: categoricalDivergence,
      damping,
      adaptDamping: true,
      iterations: 10,
      lineSearch: backtracking(),
    }),
  rates: [1e-4, 1e-2, 1],
  batchSize: 128,
  pace: 0.1,
};

/** Ten iterations a step, each with the gradient of 256 images. */
const quasiNewton: Partial<Arm> = {
  optimizer: (parameters: readonly Tensor[], learningRate) =>
    new LBFGS([...parameters], { learningRate, maxIterations: 10, lineSearch: strongWolfe() }),
  rates: [1],
  batchSize: 256,
  pace: 0.05,
};

export const higherOrder: Claim = {
  section: "5.1",
  statement: "Derivatives of higher order help against exploding gradients.",
  theory:
    "Curvature undoes scales: where a layer's gradient is a thousand times too large its curvature is a million times, and the step comes out right. But the curvature of softmax is p(1 - p): with logits in the hundreds, as exploding networks have them, hardly any is left to divide by. The price is ten products with it or more a step, twice a gradient each.",
  experiment: async (laboratory) => {
    const healthy = { build: plain({ layers: 5 }) };
    return [
      ...(await cure(laboratory, throughDepth, "natural gradient", natural)),
      ...(await cure(laboratory, throughDepth, "L-BFGS", quasiNewton)),
      await compare(laboratory, {
        setting: "5 layers of ReLU, He's weights, where nothing explodes",
        task: laboratory.tasks.digits,
        arms: { "the natural gradient": { ...healthy, ...natural }, descent: { ...healthy, ...byDescent } },
        claimed: { above: 1 },
      }),
    ];
  },
};
