import { ArgumentError } from "@isograd/autograd";
import { checkCount } from "../optimizers/settings.ts";
import { linearLR } from "./decay.ts";
import type { Schedule } from "./schedule.ts";

/**
 * One schedule after the other at every step: the rate that one gives is what the next begins with. Factors are multiplied.
 *
 * @see torch.optim.lr_scheduler.ChainedScheduler, of which schedules that have a lowest rate may differ: they are no factors
 * @example
 * const rate = chainedLR(constantLR({ factor: 0.1, totalIterations: 2 }), exponentialLR({ gamma: 0.9 }));
 * [0, 1, 2].map((step) => rate(step, 1)); // [0.1, 0.09, 0.81]
 */
export const chainedLR =
  (...schedules: readonly Schedule[]): Schedule =>
  (step, base) =>
    schedules.reduce((rate, schedule) => schedule(step, rate), base);

/**
 * One schedule until the first milestone, the second from there to the next, and so on; each counts steps from its own beginning.
 *
 * @param schedules  one more than there are milestones
 * @param milestones the steps at which the next schedule begins
 * @throws ArgumentError unless there is one milestone between two schedules, and they are whole numbers from 1 on, in order
 * @see torch.optim.lr_scheduler.SequentialLR
 * @example
 * const rate = sequentialLR([linearLR({ totalIterations: 10 }), cosineAnnealingLR({ totalIterations: 90 })], [10]);
 * [0, 10, 55, 100].map((step) => rate(step, 1)); // [0.3333, 1, 0.5, 0]
 */
export function sequentialLR(schedules: readonly Schedule[], milestones: readonly number[]): Schedule {
  if (schedules.length !== milestones.length + 1)
    throw new ArgumentError(
      "sequentialLR",
      `expected ${schedules.length - 1} milestones for ${schedules.length} schedules`,
      milestones,
    );
  const begins = [0, ...milestones];
  if (!milestones.every((milestone, k) => Number.isInteger(milestone) && milestone >= Math.max(1, begins[k])))
    throw new ArgumentError(
      "sequentialLR",
      "expected milestones to be whole numbers from 1 on, in order",
      milestones,
    );
  const own = [...schedules];
  return (step, base) => {
    const k = Math.max(
      0,
      begins.findLastIndex((begin) => begin <= step),
    );
    return own[k](step - begins[k], base);
  };
}

export interface WarmupOptions {
  /** How many steps the rate takes to rise. */
  readonly steps: number;
  /** What it is multiplied with at step 0; default 1 / (steps + 1), so that it rises by equal parts from the first step on. */
  readonly startFactor?: number;
}

/**
 * The rate rises along a straight line to what another schedule begins with; that counts its steps from there.
 *
 * @param then default: the rate stays
 * @throws ArgumentError unless steps is a whole number from 1 on and startFactor is finite and not negative
 * @see Goyal et al. 2017, "Accurate, large minibatch SGD", section 2.2
 * @example
 * const rate = warmup({ steps: 99 }, cosineAnnealingLR({ totalIterations: 900 }));
 * [0, 49, 99, 549, 999].map((step) => rate(step, 1)); // [0.01, 0.5, 1, 0.5, 0]
 */
export function warmup(options: WarmupOptions, then: Schedule = (_, base) => base): Schedule {
  const { steps, startFactor = 1 / (steps + 1) } = options;
  checkCount("warmup", "steps", steps);
  const rise = linearLR({ startFactor, totalIterations: steps });
  return sequentialLR([(step, base) => rise(step, then(0, base)), then], [steps]);
}
