import { gelu, gt, hardtanh, relu, type Tensor, tanh, where } from "@isograd/autograd";
import { type ActivationFunction, xavierNormal } from "@isograd/nn";
import type { Claim } from "./claim.ts";
import { compare } from "./laboratory/compare.ts";
import { byAdam } from "./laboratory/descents.ts";
import { plain } from "./laboratory/plain-network.ts";

const step = (x: Tensor): Tensor => where(gt(x, 0), 1, 0);

export const differentiable: Claim = {
  section: "2.2",
  statement: "An activation has to be differentiable, for gradients are needed to change weights.",
  theory:
    "A gradient is needed nearly everywhere, and it has to be other than 0. A bend at single points costs nothing: any number between both slopes does there. A step has a derivative nearly everywhere too: 0.",
  experiment: async (laboratory) => {
    const { digits: task } = laboratory.tasks;
    const arm = (activation: ActivationFunction) => ({
      build: plain({
        layers: 5,
        activation,
        ...(activation === tanh || activation === hardtanh ? { weights: xavierNormal() } : {}),
      }),
      ...byAdam,
    });
    const claimed = { above: 2 };
    const smooth = arm(tanh);
    return [
      await compare(laboratory, {
        setting: "a step, flat on both sides",
        task,
        arms: { tanh: smooth, "a step": arm(step) },
        claimed,
      }),
      await compare(laboratory, {
        setting: "ReLU, a bend at 0",
        task,
        arms: { GELU: arm(gelu), ReLU: arm(relu) },
        claimed,
      }),
      await compare(laboratory, {
        setting: "hard tanh, two bends",
        task,
        arms: { tanh: smooth, "hard tanh": arm(hardtanh) },
        claimed,
      }),
    ];
  },
};
