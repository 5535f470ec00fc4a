import { fromData, oneHot, relu, sigmoid, softmax, type Tensor } from "@isograd/autograd";
import { type ActivationFunction, accuracy, binaryAccuracy, outputFor } from "@isograd/nn";
import type { Claim, Measurement } from "./claim.ts";
import { type Comparison, compare } from "./laboratory/compare.ts";
import { byAdam } from "./laboratory/descents.ts";
import { plain } from "./laboratory/plain-network.ts";
import { retargeted, type Task } from "./laboratory/task.ts";

const inHidden = (x: Tensor): Tensor => softmax(x, -1);

export const outputByProblem: Claim = {
  section: "3.2, 6",
  statement: "For two classes one can use a sigmoid, for many classes softmax.",
  theory:
    "That is about the output: a sigmoid of z is softmax of (z, 0), and only softmax makes probabilities of many classes that add up to 1. Hidden layers do not know how many classes there are; sigmoid and softmax let little gradient through there.",
  experiment: async (laboratory) => {
    const { digits } = laboratory.tasks;
    const isOdd = (digitsShown: Tensor): Tensor =>
      fromData(
        Int32Array.from(digitsShown.values(), (digit) => digit % 2),
        [digitsShown.size],
      );
    const parity: Task = { ...retargeted(digits, isOdd), name: "even or odd", outFeatures: 2, chance: 50 };
    const byOneSigmoid: Task = {
      ...retargeted(parity, (odd) => fromData(Float32Array.from(odd.values()), [odd.size, 1])),
      outFeatures: 1,
      loss: outputFor("binary").loss,
      score: (outputs, targets) => 100 * binaryAccuracy({ threshold: 0 })(outputs, targets),
    };
    const byTenSigmoids: Task = {
      ...retargeted(digits, (shown) => oneHot(shown, 10)),
      loss: outputFor("multiLabel").loss,
      score: (outputs, targets) => 100 * accuracy(outputs, targets),
    };
    const arm = (layers: number, activation: ActivationFunction = relu) => ({
      build: plain({ layers, activation }),
      ...byAdam,
    });
    const claimed = { above: -1 };
    const outputs = arm(3);
    const settings: Omit<Comparison, "claimed">[] = [
      {
        setting: "two classes (even or odd), at the output",
        task: parity,
        arms: { "a sigmoid": { ...outputs, task: byOneSigmoid }, softmax: outputs },
      },
      {
        setting: "ten classes, at the output",
        task: digits,
        arms: { softmax: outputs, sigmoids: { ...outputs, task: byTenSigmoids } },
      },
      {
        setting: "two classes, in four hidden layers",
        task: parity,
        arms: { sigmoid: arm(5, sigmoid), ReLU: arm(5) },
      },
      {
        setting: "two classes, in eleven hidden layers",
        task: parity,
        arms: { sigmoid: arm(12, sigmoid), ReLU: arm(12) },
      },
      {
        setting: "ten classes, in four hidden layers",
        task: digits,
        arms: { softmax: arm(5, inHidden), ReLU: arm(5) },
      },
    ];
    const measured: Measurement[] = [];
    for (const setting of settings) measured.push(await compare(laboratory, { ...setting, claimed }));
    return measured;
  },
};
