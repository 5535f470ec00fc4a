import type { Claim } from "./claim.ts";
import type { Arm } from "./laboratory/arm.ts";
import { compare } from "./laboratory/compare.ts";
import { byDescent } from "./laboratory/descents.ts";
import { plain } from "./laboratory/plain-network.ts";
import { first } from "./laboratory/task.ts";

const arm = (batchSize: number, steps: number, planned: number): Arm => ({
  build: plain({ layers: 3 }),
  ...byDescent,
  batchSize,
  pace: steps / planned,
});

export const dataSize: Claim = {
  section: "6",
  statement: "Stochastic gradient descent suits large data, gradient descent on all data at once small data.",
  theory:
    "A batch of 32 has nearly the direction of all data: for the work of one step on n examples there are n/32 steps. On few examples the noise costs little as well, and often helps; only where all of them at once take no longer than a batch is there something to gain.",
  experiment: async (laboratory) => {
    const { plan, tasks } = laboratory;
    const { images, steps } = plan;
    const [large, small] = [tasks.digits, first(100, tasks.digits)];
    const passes = Math.max(1, Math.round((2 * steps * 32) / images));
    const of = (batchSize: number, taken: number): Arm => arm(batchSize, taken, steps);
    const claimed = { above: 1 };
    return [
      await compare(laboratory, {
        setting: `${images} images, ${passes} passes`,
        task: large,
        arms: {
          "batches of 32": of(32, Math.floor(images / 32) * passes),
          "all at once": of(images, passes),
        },
        claimed,
      }),
      await compare(laboratory, {
        setting: `100 images, ${steps} passes`,
        task: small,
        arms: { "all at once": of(100, steps), "batches of 10": of(10, 10 * steps) },
        claimed,
      }),
      await compare(laboratory, {
        setting: `100 images, ${steps} steps, as if all at once took no longer than 10`,
        task: small,
        arms: { "all at once": of(100, steps), "batches of 10": of(10, steps) },
        claimed,
      }),
    ];
  },
};
