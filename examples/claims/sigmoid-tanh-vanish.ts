import { sigmoid, tanh } from "@isograd/autograd";
import { heNormal, xavierNormal } from "@isograd/nn";
import type { Claim } from "./claim.ts";
import { compare } from "./laboratory/compare.ts";
import { byAdam } from "./laboratory/descents.ts";
import { flowMeasurement, vanishing } from "./laboratory/flow.ts";
import { plain } from "./laboratory/plain-network.ts";

export const sigmoidTanhVanish: Claim = {
  section: "3.2, 6",
  statement: "The gradients of sigmoid and tanh may vanish, so that training fails.",
  theory:
    "χ = σw² E φ'². A sigmoid's slope is 1/4 at most: no weights that a network can train with make up for that. tanh has slope 1 at 0, keeps the gradient with weights N(0, 1/fanIn), and explodes with larger ones.",
  experiment: async (laboratory) => {
    const { digits: task } = laboratory.tasks;
    const of = (activation: typeof tanh, layers: number, gain: number) => ({
      build: plain({ activation, layers, weights: heNormal({ gain }) }),
    });
    const failing = async (activation: typeof tanh, layers: number) =>
      compare(laboratory, {
        setting: `${layers} layers of ${activation.name}, Xavier's weights, Adam`,
        task,
        arms: {
          ReLU: { build: plain({ layers }), ...byAdam },
          [activation.name]: { build: plain({ layers, activation, weights: xavierNormal() }), ...byAdam },
        },
        claimed: { above: 10 },
      });
    return [
      flowMeasurement(
        laboratory,
        "20 layers of sigmoid, weights N(0, 1/fanIn)",
        of(sigmoid, 20, 1),
        vanishing,
      ),
      flowMeasurement(
        laboratory,
        "20 layers of sigmoid, weights N(0, 2/fanIn)",
        of(sigmoid, 20, Math.SQRT2),
        vanishing,
      ),
      flowMeasurement(laboratory, "3 layers of sigmoid, weights N(0, 1/fanIn)", of(sigmoid, 3, 1), vanishing),
      flowMeasurement(
        laboratory,
        "20 layers of tanh, weights N(0, 0.25/fanIn)",
        of(tanh, 20, 0.5),
        vanishing,
      ),
      flowMeasurement(laboratory, "20 layers of tanh, weights N(0, 1/fanIn)", of(tanh, 20, 1), vanishing),
      flowMeasurement(laboratory, "20 layers of tanh, weights N(0, 9/fanIn)", of(tanh, 20, 3), vanishing),
      await failing(sigmoid, 12),
      await failing(sigmoid, 2),
      await failing(tanh, 12),
    ];
  },
};
