import { type Tensor, tanh } from "@isograd/autograd";
import { type ActivationFunction, xavierNormal } from "@isograd/nn";
import type { Claim } from "./claim.ts";
import { compare } from "./laboratory/compare.ts";
import { byAdam } from "./laboratory/descents.ts";
import { plain } from "./laboratory/plain-network.ts";

const identity = (x: Tensor): Tensor => x;

export const nonLinear: Claim = {
  section: "2.2",
  statement: "An activation has to be non-linear, for the network is to learn complex patterns.",
  theory: "Linear layers one after the other are one linear layer, however many there are.",
  experiment: async (laboratory) => {
    const { spirals, digits } = laboratory.tasks;
    const arm = (activation: ActivationFunction, pace: number) => ({
      build: plain({ layers: 4, activation, weights: xavierNormal() }),
      ...byAdam,
      pace,
    });
    const measured = [];
    for (const [task, pace] of [
      [spirals, 5],
      [digits, 4],
    ] as const)
      measured.push(
        await compare(laboratory, {
          setting: `${task.name}, 4 layers`,
          task,
          arms: { tanh: arm(tanh, pace), "no activation": arm(identity, pace) },
          claimed: { above: 1 },
        }),
      );
    return measured;
  },
};
