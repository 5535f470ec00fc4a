import { heNormal } from "@isograd/nn";
import type { Claim } from "./claim.ts";
import { throughDepth, throughTime, twiceHe } from "./laboratory/ailments.ts";
import { compare } from "./laboratory/compare.ts";
import { byAdam } from "./laboratory/descents.ts";
import { plain } from "./laboratory/plain-network.ts";

export const descentFails: Claim = {
  section: "2.1, 5.1",
  statement: "With exploding gradients gradient descent may fail to converge, and training fails.",
  theory:
    "One learning rate for all layers has to suit the first ones, whose gradients are largest; the last ones then stand still. If the factor between them is moderate there is a rate that both can bear.",
  experiment: async (laboratory) => {
    const { digits: task } = laboratory.tasks;
    const { healthy } = throughDepth;
    const claimed = { above: 10 };
    const mild = { build: plain({ weights: heNormal({ gain: 1.2 * Math.SQRT2 }) }) };
    const adam = {
      healthy: { ...healthy, ...byAdam },
      exploding: { build: plain({ weights: twiceHe }), ...byAdam },
    };
    return [
      await compare(laboratory, {
        setting: throughDepth.name,
        task,
        arms: { healthy, exploding: throughDepth.sick },
        claimed,
      }),
      await compare(laboratory, {
        setting: throughTime.name,
        task,
        arms: { healthy: throughTime.healthy, exploding: throughTime.sick },
        claimed,
      }),
      await compare(laboratory, {
        setting: "12 layers of ReLU, weights 1.2 times He's",
        task,
        arms: { healthy, exploding: mild },
        claimed,
      }),
      await compare(laboratory, { setting: `${throughDepth.name}, with Adam`, task, arms: adam, claimed }),
    ];
  },
};
