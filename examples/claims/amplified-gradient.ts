import { Generator, mul } from "@isograd/autograd";
import type { Claim, Measurement } from "./claim.ts";
import { throughTime, twiceHe } from "./laboratory/ailments.ts";
import { flowOf } from "./laboratory/flow.ts";
import { plain } from "./laboratory/plain-network.ts";

export const amplifiedGradient: Claim = {
  section: "3.1",
  statement: "The cause of exploding gradients is that the gradient of the input is amplified.",
  theory:
    "What arrives at a layer is what arrived at the one above times weights, slopes and how they lie to each other. A factor above 1 a layer explodes with depth. Gradients can also be large from the start, where the loss is: that is no explosion, a smaller learning rate makes up for it.",
  experiment: (laboratory) => {
    const { digits, waves } = laboratory.tasks;
    const flows = (task: typeof digits, { build }: Pick<typeof throughTime.sick, "build">) =>
      laboratory.seeds.map((seed) => flowOf(task, build(task, new Generator(seed).fork("weights"))));
    const deep = flows(digits, { build: plain({ layers: 20, weights: twiceHe }) });
    const healthy = { build: plain({ layers: 20 }) };
    const usual = flows(waves, healthy);
    const { training } = waves;
    const large = flows(
      { ...waves, training: { ...training, targets: mul(training.targets, 1000) } },
      healthy,
    );
    const setting = "20 layers of ReLU, weights twice He's";
    const remainder = deep.map(({ steps }) =>
      Math.max(
        ...steps.map(({ total, weights, activation, alignment, between }) =>
          Math.abs(total - weights - activation - alignment - between.reduce((sum, { log }) => sum + log, 0)),
        ),
      ),
    );
    const lastNorm = ({ layers }: (typeof usual)[number]): number => layers[layers.length - 1].gradientNorm;
    const factor = (which: string, values: readonly number[]): Measurement => ({
      setting: which,
      quantity: "factor on the gradient a layer, or step in time",
      values,
      isFactor: true,
      claimed: { above: 1.05 },
    });
    const loud = "20 layers of ReLU, He's weights, targets a thousand times larger";
    return [
      factor(
        setting,
        deep.map(({ factorPerLayer }) => factorPerLayer),
      ),
      {
        setting,
        quantity: "log |gradient|² of a layer that weights, slopes and alignment leave unexplained, at most",
        values: remainder,
        claimed: { below: 1e-6 },
      },
      factor(
        throughTime.name,
        flows(digits, throughTime.sick).map(({ recurrences }) => recurrences[0].factorPerStep),
      ),
      {
        setting: loud,
        quantity: "|gradient| at the last layer over that with targets as they were",
        values: large.map((flow, k) => lastNorm(flow) / lastNorm(usual[k])),
        isFactor: true,
      },
      factor(
        loud,
        large.map(({ factorPerLayer }) => factorPerLayer),
      ),
    ];
  },
};
