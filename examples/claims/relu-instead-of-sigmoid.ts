import { relu, sigmoid } from "@isograd/autograd";
import { heNormal, xavierNormal } from "@isograd/nn";
import type { Claim } from "./claim.ts";
import { compare } from "./laboratory/compare.ts";
import { byAdam } from "./laboratory/descents.ts";
import { plain } from "./laboratory/plain-network.ts";

export const reluInsteadOfSigmoid: Claim = {
  section: "4.2",
  statement: "Where sigmoids fail to train, ReLU trains better.",
  theory:
    "The deeper, the more: sigmoids lose gradient in each layer. Of a single hidden layer there is little to lose, and ReLUs that are dead lose all.",
  experiment: async (laboratory) => {
    const { digits: task } = laboratory.tasks;
    const versus = (layers: number, bias: number) =>
      compare(laboratory, {
        setting: `${layers} layers, ${bias === 0 ? "He's weights for ReLU, Xavier's for sigmoid" : `biases of ${bias}`}`,
        task,
        arms: {
          ReLU: { build: plain({ layers, activation: relu, weights: heNormal(), bias }), ...byAdam },
          sigmoid: {
            build: plain({ layers, activation: sigmoid, weights: xavierNormal(), bias }),
            ...byAdam,
          },
        },
        claimed: { above: 1 },
      });
    return [await versus(12, 0), await versus(5, 0), await versus(2, 0), await versus(3, -10)];
  },
};
