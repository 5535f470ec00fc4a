import { relu, sigmoid, tanh } from "@isograd/autograd";
import { criticalInit, type Initializer } from "@isograd/nn";
import type { Claim, Measurement } from "./claim.ts";
import { gradientFactors } from "./laboratory/flow.ts";
import { plain } from "./laboratory/plain-network.ts";

export const activationSetsGradient: Claim = {
  section: "2",
  statement: "The choice of the activation influences how large gradients are.",
  theory:
    "A layer multiplies |gradient|² by χ = σw² E φ'². The activation is half of it, the weights are the other half: with weights that are critical for each, activations differ no more.",
  experiment: (laboratory) => {
    const factors = (activation: typeof relu, weights?: Initializer): number[] =>
      gradientFactors(laboratory, laboratory.tasks.digits, {
        build: plain({ layers: 20, activation, weights }),
      });
    const apart = (setting: string, these: readonly number[], those: readonly number[]): Measurement => ({
      setting,
      quantity: "how many times their gradients at the first layer differ",
      values: these.map((factor, k) => Math.max(factor / those[k], those[k] / factor)),
      isFactor: true,
      claimed: { above: 10 },
    });
    const same = factors(relu);
    return [
      apart("20 layers, He's weights for both: ReLU and sigmoid", same, factors(sigmoid)),
      apart("20 layers, He's weights for both: ReLU and tanh", same, factors(tanh)),
      apart(
        "20 layers, critical weights for each: ReLU and tanh",
        factors(relu, criticalInit(relu).weight),
        factors(tanh, criticalInit(tanh).weight),
      ),
    ];
  },
};
