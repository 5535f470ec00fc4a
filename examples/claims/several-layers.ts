import type { Claim } from "./claim.ts";
import { compare } from "./laboratory/compare.ts";
import { byAdam } from "./laboratory/descents.ts";
import { plain } from "./laboratory/plain-network.ts";

/** Widths are such that networks of two and of four layers have as many weights. */
const arms = (two: number, four: number, pace: number) => {
  const arm = (layers: number, width: number) => ({ build: plain({ layers, width }), ...byAdam, pace });
  return { one: arm(1, 1), two: arm(2, two), four: arm(4, four) };
};

export const severalLayers: Claim = {
  section: "1",
  statement: "The core of deep learning is to learn complex patterns through a network of several layers.",
  theory:
    "Without a hidden layer the classes are parted by planes. One hidden layer of enough units can do everything; more of them need fewer units for some functions, not for all.",
  experiment: async (laboratory) => {
    const { spirals, digits } = laboratory.tasks;
    const [onSpirals, onDigits] = [arms(125, 16, 5), arms(42, 32, 4)];
    const measured = [];
    for (const [task, { one, two, four }] of [
      [spirals, onSpirals],
      [digits, onDigits],
    ] as const)
      measured.push(
        await compare(laboratory, {
          setting: `${task.name}, a hidden layer`,
          task,
          arms: { two, one },
          claimed: { above: 1 },
        }),
        await compare(laboratory, {
          setting: `${task.name}, three hidden layers of as many weights`,
          task,
          arms: { four, two },
          claimed: { above: 1 },
        }),
      );
    return measured;
  },
};
