import { leakyRelu } from "@isograd/autograd";
import type { Claim, Measurement } from "./claim.ts";
import { throughData, throughDepth, twiceHe } from "./laboratory/ailments.ts";
import { cure } from "./laboratory/cure.ts";
import { flowMeasurement, gradientFactors } from "./laboratory/flow.ts";
import { plain } from "./laboratory/plain-network.ts";

export const leakyReluCures: Claim = {
  section: "3.1, 4.1",
  statement:
    "Leaky ReLU avoids exploding gradients, because its output is not 0 where its input is negative.",
  theory:
    "Its slope is nowhere smaller than ReLU's, so the same weights let no less gradient through: |gradient|² takes (1 + 0.01²) times ReLU's factor a layer. What it prevents are dead units, through which no gradient comes.",
  experiment: async (laboratory) => {
    const sick = plain({ layers: 20, weights: twiceHe });
    const leaky = plain({ layers: 20, weights: twiceHe, activation: leakyRelu });
    const setting = "20 layers, weights twice He's";
    const [withReLU, withLeaky] = [sick, leaky].map((build) =>
      gradientFactors(laboratory, laboratory.tasks.digits, { build }),
    );
    const dead = (name: string, activation?: typeof leakyRelu): Measurement =>
      flowMeasurement(laboratory, `12 layers of ${name}, biases of -3, where nothing explodes`, {
        build: plain({ activation, bias: -3 }),
      });
    return [
      { ...flowMeasurement(laboratory, setting, { build: leaky }), claimed: { below: 1e3 } },
      {
        setting,
        quantity: "|gradient| at the first layer over that at the last, over that with ReLU",
        values: withLeaky.map((factor, k) => factor / withReLU[k]),
        isFactor: true,
        claimed: { below: 0.5 },
      },
      ...(await cure(laboratory, throughDepth, "Leaky ReLU", {
        build: plain({ weights: twiceHe, activation: leakyRelu }),
      })),
      ...(await cure(laboratory, throughData, "Leaky ReLU", {
        build: plain({ layers: 5, activation: leakyRelu }),
      })),
      dead("ReLU"),
      dead("Leaky ReLU", leakyRelu),
    ];
  },
};
