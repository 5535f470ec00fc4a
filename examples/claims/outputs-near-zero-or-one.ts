import { grad, sigmoid, tensor } from "@isograd/autograd";
import { heNormal } from "@isograd/nn";
import type { Claim, Measurement } from "./claim.ts";
import { gradientFactors } from "./laboratory/flow.ts";
import { plain } from "./laboratory/plain-network.ts";

/** What a sigmoid with this output makes of a gradient of 1. */
const passedAt = (output: number): number =>
  grad(sigmoid)(tensor(Math.log(output / (1 - output)), { dtype: "f64" })).item();

export const outputsNearZeroOrOne: Claim = {
  section: "2.1",
  statement:
    "Gradients usually explode where the outputs of neurons come close to 0 or 1: the gradient of the input is amplified there.",
  theory:
    "The slope of a sigmoid with output y is y(1 - y): 1/4 at most, at y = 1/2, and 0 at both ends. There gradients vanish.",
  experiment: (laboratory) => {
    const factors = (bias: number): number[] =>
      gradientFactors(laboratory, laboratory.tasks.digits, {
        build: plain({ activation: sigmoid, layers: 5, weights: heNormal(), bias }),
      });
    const middle = factors(0);
    const units = [0.001, 0.01, 0.99, 0.999].map(
      (output): Measurement => ({
        setting: `a sigmoid with output ${output}`,
        quantity: "the gradient it passes over that of one with output 0.5",
        values: passedAt(output) / passedAt(0.5),
        isFactor: true,
        claimed: { above: 1 },
      }),
    );
    const networks = [-6, 6].map(
      (bias): Measurement => ({
        setting: `5 layers of sigmoids, outputs near ${bias < 0 ? 0 : 1} by biases of ${bias}`,
        quantity: "|gradient| at the first layer over that at the last, over that with biases 0",
        values: factors(bias).map((factor, k) => factor / middle[k]),
        isFactor: true,
        claimed: { above: 1 },
      }),
    );
    return [...units, ...networks];
  },
};
