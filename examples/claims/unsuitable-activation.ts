import { relu, sigmoid, silu, tanh } from "@isograd/autograd";
import { heNormal, xavierNormal } from "@isograd/nn";
import type { Claim, Measurement } from "./claim.ts";
import { byAdam } from "./laboratory/descents.ts";
import { differences, estimate } from "./laboratory/estimate.ts";
import { plain } from "./laboratory/plain-network.ts";
import { tuned } from "./laboratory/tuned.ts";

const candidates = { relu, silu, tanh, sigmoid };

export const unsuitableActivation: Claim = {
  section: "5.2, 6",
  statement: "An unsuitable activation makes training fail or perform badly.",
  theory:
    "In few layers nearly every activation will do. Depth multiplies what one layer does to the gradient, and the difference with it.",
  experiment: async (laboratory) => {
    const apart = async (layers: number): Promise<Measurement> => {
      const results = [];
      for (const [name, activation] of Object.entries(candidates)) {
        const weights = activation === tanh || activation === sigmoid ? xavierNormal() : heNormal();
        const arm = { build: plain({ layers, activation, weights }), ...byAdam };
        results.push({ name, ...(await tuned(laboratory, laboratory.tasks.digits, arm)) });
      }
      results.sort((a, b) => b.chosenBy - a.chosenBy);
      const [best, worst] = [results[0], results[results.length - 1]];
      return {
        setting: `${layers} layers, ${Object.keys(candidates).join(", ")}`,
        quantity: "points between the best and the worst, by other images than those that told which",
        values: differences(best.scores, worst.scores),
        claimed: { above: 5 },
        note: `${best.name} ${estimate(best.scores).mean.toFixed(1)}, ${worst.name} ${estimate(worst.scores).mean.toFixed(1)}`,
      };
    };
    return [await apart(2), await apart(5), await apart(12)];
  },
};
