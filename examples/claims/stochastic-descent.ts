import type { Claim } from "./claim.ts";
import { throughDepth } from "./laboratory/ailments.ts";
import type { Arm } from "./laboratory/arm.ts";
import { compare } from "./laboratory/compare.ts";
import { first } from "./laboratory/task.ts";

const rates = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1];
const small: Partial<Arm> = { batchSize: 16, rates, pace: 0.5 };
const whole: Partial<Arm> = { batchSize: 256, rates, pace: 0.5 };

export const stochasticDescent: Claim = {
  section: "5.1",
  statement: "Stochastic gradient descent helps against exploding gradients.",
  theory:
    "The mean of a gradient over a few examples is as large as that over all, and noisier: nothing of it is smaller in the first layers than in the last.",
  experiment: async (laboratory) => {
    const task = first(256, laboratory.tasks.digits);
    const { sick, healthy } = throughDepth;
    const versus = (setting: string, arm: Arm) =>
      compare(laboratory, {
        setting: `${setting}, 256 images, as many steps`,
        task,
        arms: { "batches of 16": { ...arm, ...small }, "all at once": { ...arm, ...whole } },
        claimed: { above: 1 },
      });
    return [
      await versus(throughDepth.name, sick),
      await versus("12 layers of ReLU, He's weights, where nothing explodes", healthy),
    ];
  },
};
