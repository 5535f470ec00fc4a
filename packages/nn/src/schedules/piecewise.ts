import { ArgumentError } from "@isograd/autograd";
import { checkCount, checkNotNegative } from "../optimizers/settings.ts";
import { lambdaLR } from "./lambda.ts";
import type { Schedule } from "./schedule.ts";

export interface StepLROptions {
  /** How many steps the rate stays. */
  readonly stepSize: number;
  /** What it is multiplied with then; default 0.1. */
  readonly gamma?: number;
}

/**
 * Multiplies the rate by `gamma` every `stepSize` steps.
 *
 * @throws ArgumentError unless stepSize is a whole number from 1 on and gamma is finite and not negative
 * @see torch.optim.lr_scheduler.StepLR
 * @example
 * const rate = stepLR({ stepSize: 30, gamma: 0.1 });
 * [0, 29, 30, 60].map((step) => rate(step, 1)); // [1, 1, 0.1, 0.01]
 */
export function stepLR({ stepSize, gamma = 0.1 }: StepLROptions): Schedule {
  checkCount("stepLR", "stepSize", stepSize);
  checkNotNegative("stepLR", { gamma });
  return lambdaLR((step) => gamma ** Math.floor(step / stepSize));
}

export interface MultiStepLROptions {
  /** Steps, in any order; one that is listed twice counts twice. */
  readonly milestones: readonly number[];
  /** What the rate is multiplied with at each; default 0.1. */
  readonly gamma?: number;
}

/**
 * Multiplies the rate by `gamma` at each of the given steps.
 *
 * @throws ArgumentError unless the milestones are whole numbers and gamma is finite, none negative
 * @see torch.optim.lr_scheduler.MultiStepLR
 * @example
 * const rate = multiStepLR({ milestones: [30, 80], gamma: 0.1 });
 * [0, 30, 80].map((step) => rate(step, 1)); // [1, 0.1, 0.01]
 */
export function multiStepLR({ milestones, gamma = 0.1 }: MultiStepLROptions): Schedule {
  if (!milestones.every((milestone) => Number.isInteger(milestone) && milestone >= 0))
    throw new ArgumentError("multiStepLR", "expected milestones to be whole and not negative", milestones);
  checkNotNegative("multiStepLR", { gamma });
  const own = [...milestones];
  return lambdaLR((step) => gamma ** own.filter((milestone) => milestone <= step).length);
}

export interface ConstantLROptions {
  /** What the rate is multiplied with; default 1/3. */
  readonly factor?: number;
  /** For how many steps; default 5. */
  readonly totalIterations?: number;
}

/**
 * The rate times `factor` for the first steps, the whole rate after them.
 *
 * @throws ArgumentError unless factor is finite and not negative and totalIterations is a whole number from 1 on
 * @see torch.optim.lr_scheduler.ConstantLR
 * @example
 * const rate = constantLR({ factor: 0.5, totalIterations: 4 });
 * [0, 3, 4].map((step) => rate(step, 1)); // [0.5, 0.5, 1]
 */
export function constantLR({ factor = 1 / 3, totalIterations = 5 }: ConstantLROptions = {}): Schedule {
  checkNotNegative("constantLR", { factor });
  checkCount("constantLR", "totalIterations", totalIterations);
  return lambdaLR((step) => (step < totalIterations ? factor : 1));
}
