import { elu, leakyRelu, relu, sigmoid, silu, tanh } from "@isograd/autograd";
import { heNormal, xavierNormal } from "@isograd/nn";
import type { Claim, Measurement } from "./claim.ts";
import { byAdam } from "./laboratory/descents.ts";
import { differences, estimate } from "./laboratory/estimate.ts";
import { plain } from "./laboratory/plain-network.ts";
import { type Tuned, tuned } from "./laboratory/tuned.ts";

const candidates = { relu, leakyRelu, elu, silu, tanh, sigmoid };

type Name = keyof typeof candidates;

const names = Object.keys(candidates) as Name[];

export const activationByProblem: Claim = {
  section: "2.2, 3.2, 6",
  statement: "Each activation has its merits and faults; the right one has to be chosen by the problem.",
  theory:
    "Smooth activations fit smooth functions with fewer units, ReLU sharp ones. How much it matters is a matter of measurement.",
  experiment: async (laboratory) => {
    const { digits, spirals, waves } = laboratory.tasks;
    const results = new Map<string, Record<Name, Tuned>>();
    for (const task of [digits, spirals, waves]) {
      const each: Partial<Record<Name, Tuned>> = {};
      for (const name of names) {
        const weights = name === "tanh" || name === "sigmoid" ? xavierNormal() : heNormal();
        const arm = { build: plain({ layers: 4, activation: candidates[name], weights }), ...byAdam };
        each[name] = await tuned(laboratory, task, { ...arm, pace: task === digits ? 1 : 3 });
      }
      results.set(task.name, each as Record<Name, Tuned>);
    }
    const bestBy = (score: (name: Name) => number): Name =>
      names.reduce((best, name) => (score(name) > score(best) ? name : best));
    return [...results].map(([task, own]): Measurement => {
      const others = [...results].flatMap(([name, result]) => (name === task ? [] : [result]));
      const best = bestBy((name) => own[name].chosenBy);
      const elsewhere = bestBy((name) => others.reduce((sum, result) => sum + result[name].chosenBy, 0));
      return {
        setting: task,
        quantity: `points that ${best}, the best here, is ahead of ${elsewhere}, the best on the other problems`,
        values: differences(own[best].scores, own[elsewhere].scores),
        claimed: { above: 1 },
        note: names.map((name) => `${name} ${estimate(own[name].scores).mean.toFixed(1)}`).join(", "),
      };
    });
  },
};
