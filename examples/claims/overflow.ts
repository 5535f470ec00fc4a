import { tanh } from "@isograd/autograd";
import { heNormal } from "@isograd/nn";
import type { Claim, Measurement } from "./claim.ts";
import { throughDepth, throughTime, twiceHe } from "./laboratory/ailments.ts";
import { type Arm, trainArm } from "./laboratory/arm.ts";
import { plain } from "./laboratory/plain-network.ts";
import { tuned } from "./laboratory/tuned.ts";

export const overflow: Claim = {
  section: "6",
  statement: "Exploding gradients make gradient descent fail because the values of the gradient overflow.",
  theory:
    "Single precision ends at 3.4e38. Without a bound on outputs a step that is too long makes weights larger, which makes the next gradient larger: that ends beyond it soon. With a rate that avoids it, or with bounded activations, all numbers stay finite, and training fails all the same.",
  experiment: async (laboratory) => {
    const { plan, seeds, signal, tasks } = laboratory;
    const task = tasks.digits;
    const endings = async (setting: string, arm: Arm, learningRate: number): Promise<Measurement> => {
      const outcomes = [];
      for (const seed of seeds)
        outcomes.push(
          await trainArm({ task, arm, learningRate, seed, steps: plan.steps, on: "test", signal }),
        );
      const mean = outcomes.reduce((sum, { score }) => sum + score, 0) / outcomes.length;
      return {
        setting: `${setting}, learning rate ${learningRate}`,
        quantity: "share of the trainings that end in overflow",
        values: outcomes.map(({ stayedFinite }) => (stayedFinite ? 0 : 1)),
        claimed: { above: 0.5 },
        note: `${mean.toFixed(1)} points of the test, where chance has ${task.chance}`,
      };
    };
    const best = await tuned(laboratory, task, throughDepth.sick);
    const bounded = { build: plain({ layers: 20, activation: tanh, weights: heNormal({ gain: 4 }) }) };
    return [
      await endings(throughDepth.name, throughDepth.sick, best.rate),
      await endings(throughDepth.name, throughDepth.sick, 0.01),
      await endings(throughDepth.name, throughDepth.sick, 1),
      await endings("20 layers of tanh, weights N(0, 16/fanIn)", bounded, 1),
      await endings(throughTime.name, throughTime.sick, 1),
      await endings(
        "12 layers without activations, weights twice He's",
        { build: plain({ weights: twiceHe, activation: (x) => x }) },
        0.01,
      ),
      await endings(
        "150 layers of ReLU, weights twice He's",
        { build: plain({ layers: 150, weights: twiceHe }), pace: 0.1 },
        1e-8,
      ),
    ];
  },
};
