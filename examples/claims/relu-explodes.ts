import { elu, leakyRelu, relu } from "@isograd/autograd";
import { heNormal } from "@isograd/nn";
import type { Claim } from "./claim.ts";
import { exploding, flowMeasurement } from "./laboratory/flow.ts";
import { plain } from "./laboratory/plain-network.ts";

export const reluExplodes: Claim = {
  section: "3.2, 6",
  statement: "The gradients of ReLU and its like may become very large and explode.",
  theory:
    "ReLU's slope is 0 or 1: it amplifies nothing. It does not stop weights that do either: with weights N(0, σw²/fanIn) |gradient|² takes a factor σw²/2 a layer, 1 at He's σw² = 2.",
  experiment: (laboratory) =>
    [relu, leakyRelu, elu].flatMap((activation) =>
      [1, 2].map((factor) =>
        flowMeasurement(
          laboratory,
          `20 layers of ${activation.name}, weights ${factor === 1 ? "of He" : "twice He's"}`,
          { build: plain({ layers: 20, activation, weights: heNormal({ gain: factor * Math.SQRT2 }) }) },
          exploding,
        ),
      ),
    ),
};
