import { backtracking, GradientDescent, type Optimizer, oneCycleLR, Scheduler } from "@isograd/nn";
import type { Claim } from "./claim.ts";
import { throughDepth } from "./laboratory/ailments.ts";
import type { Arm } from "./laboratory/arm.ts";
import { compare } from "./laboratory/compare.ts";
import { cure } from "./laboratory/cure.ts";
import { plain } from "./laboratory/plain-network.ts";

/** Up over three tenths of the steps, then down to nearly nothing. */
const oneCycle: Partial<Arm> = {
  schedule: (optimizer: Optimizer, totalSteps) =>
    new Scheduler(optimizer, oneCycleLR({ maxLearningRate: optimizer.learningRate, totalSteps })),
};

/** Each step as long as the loss allows, beginning with the rate. */
const searched: Partial<Arm> = {
  optimizer: (parameters, learningRate) =>
    new GradientDescent([...parameters], { learningRate, lineSearch: backtracking() }),
};

export const dynamicSteps: Claim = {
  section: "5.1",
  statement: "Gradient descent with dynamic steps helps against exploding gradients.",
  theory:
    "A schedule bears larger rates on the way and ends quietly. But it scales all layers alike: between layers the factor of the explosion stays.",
  experiment: async (laboratory) => {
    const { digits: task } = laboratory.tasks;
    const constant: Arm = { build: plain({ layers: 5 }) };
    return [
      ...(await cure(laboratory, throughDepth, "one cycle of the rate", oneCycle)),
      ...(await cure(laboratory, throughDepth, "a line search at each step", searched)),
      await compare(laboratory, {
        setting: "5 layers of ReLU, where nothing explodes",
        task,
        arms: { "one cycle": { ...constant, ...oneCycle }, "a constant rate": constant },
        claimed: { above: 1 },
      }),
      await compare(laboratory, {
        setting: "12 layers of ReLU, where nothing explodes",
        task,
        arms: {
          "one cycle": { ...throughDepth.healthy, ...oneCycle },
          "a constant rate": throughDepth.healthy,
        },
        claimed: { above: 1 },
      }),
    ];
  },
};
