import { Generator, mul, tanh } from "@isograd/autograd";
import { heNormal } from "@isograd/nn";
import type { Claim } from "./claim.ts";
import { twiceHe } from "./laboratory/ailments.ts";
import { exploding, flowMeasurement, flowOf, gradientFactors } from "./laboratory/flow.ts";
import { plain } from "./laboratory/plain-network.ts";

export const largeOutputs: Claim = {
  section: "2.1",
  statement: "Gradients become very large because the outputs of some neurons become very large.",
  theory:
    "Going backwards, a layer multiplies the gradient by its weights and slopes. Outputs enter the gradient of the weights as a factor, once; with ReLU large weights make both large, with tanh outputs stay below 1 while the gradient explodes.",
  experiment: (laboratory) => {
    const { digits } = laboratory.tasks;
    const { training } = digits;
    const thousandfold = { ...digits, training: { ...training, inputs: mul(training.inputs, 1000) } };
    const healthy = { build: plain({ layers: 20 }) };
    const setting = "ReLU, He's weights, all outputs a thousand times larger";
    const firstGradients = [thousandfold, digits].map((task) =>
      laboratory.seeds.map(
        (seed) =>
          flowOf(task, healthy.build(task, new Generator(seed).fork("weights"))).layers[0].weightGradientNorm,
      ),
    );
    return [
      flowMeasurement(
        laboratory,
        "ReLU, weights twice He's",
        { build: plain({ layers: 20, weights: twiceHe }) },
        exploding,
      ),
      {
        setting,
        quantity: "|gradient| of the first weights over that with outputs as they were",
        values: firstGradients[0].map((norm, k) => norm / firstGradients[1][k]),
        isFactor: true,
        claimed: { above: 100 },
      },
      {
        setting,
        quantity: "|gradient| at the first layer over that at the last",
        values: gradientFactors(laboratory, thousandfold, healthy),
        isFactor: true,
        claimed: exploding,
      },
      {
        // Explosion that needs large outputs stays away where there are none.
        ...flowMeasurement(laboratory, "tanh, weights N(0, 16/fanIn), no output beyond ±1", {
          build: plain({ layers: 20, activation: tanh, weights: heNormal({ gain: 4 }) }),
        }),
        claimed: { below: 1e3 },
      },
    ];
  },
};
