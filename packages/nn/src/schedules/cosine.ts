import { ArgumentError } from "@isograd/autograd";
import { checkCount, checkNotNegative } from "../optimizers/settings.ts";
import type { Schedule } from "./schedule.ts";

/** From `start` to `end` as `share` goes from 0 to 1, flat at both ends. */
export const annealCosine = (start: number, end: number, share: number): number =>
  end + ((start - end) * (1 + Math.cos(Math.PI * share))) / 2;

export interface CosineAnnealingLROptions {
  /** After how many steps the rate is lowest (`T_max`). */
  readonly totalIterations: number;
  /** The lowest rate (`eta_min`); default 0. */
  readonly minLearningRate?: number;
}

/**
 * Lets the rate fall along half a cosine. After the last step it rises again, as it does in PyTorch.
 *
 * @throws ArgumentError unless totalIterations is a whole number from 1 on and minLearningRate is finite and not negative
 * @see torch.optim.lr_scheduler.CosineAnnealingLR; Loshchilov, Hutter 2017, "SGDR"
 * @example
 * const rate = cosineAnnealingLR({ totalIterations: 1000, minLearningRate: 0.2 });
 * [0, 500, 1000].map((step) => rate(step, 1)); // [1, 0.6, 0.2]
 */
export function cosineAnnealingLR(options: CosineAnnealingLROptions): Schedule {
  const { totalIterations, minLearningRate = 0 } = options;
  checkCount("cosineAnnealingLR", "totalIterations", totalIterations);
  checkNotNegative("cosineAnnealingLR", { minLearningRate });
  return (step, base) =>
    annealCosine(base, minLearningRate, (step % (2 * totalIterations)) / totalIterations);
}

export interface CosineAnnealingWarmRestartsOptions {
  /** How many steps there are to the first restart (`T_0`). */
  readonly firstIterations: number;
  /** How many times longer each fall is than the one before (`T_mult`), from 1 on; default 1. */
  readonly multiplier?: number;
  /** What the rate falls to (`eta_min`); default 0. */
  readonly minLearningRate?: number;
}

/**
 * Lets the rate fall along half a cosine, again and again. Steps may be fractions.
 *
 * @throws ArgumentError unless firstIterations is a whole number from 1 on, multiplier at least 1 and minLearningRate finite and not negative
 * @see torch.optim.lr_scheduler.CosineAnnealingWarmRestarts; Loshchilov, Hutter 2017, "SGDR"
 * @example
 * const rate = cosineAnnealingWarmRestarts({ firstIterations: 10, multiplier: 2 });
 * [0, 5, 10, 20, 30].map((step) => rate(step, 1)); // [1, 0.5, 1, 0.5, 1]
 */
export function cosineAnnealingWarmRestarts(options: CosineAnnealingWarmRestartsOptions): Schedule {
  const { firstIterations, multiplier = 1, minLearningRate = 0 } = options;
  checkCount("cosineAnnealingWarmRestarts", "firstIterations", firstIterations);
  checkNotNegative("cosineAnnealingWarmRestarts", { minLearningRate });
  if (!(multiplier >= 1 && multiplier < Number.POSITIVE_INFINITY))
    throw new ArgumentError(
      "cosineAnnealingWarmRestarts",
      "expected multiplier to be finite, from 1 on",
      multiplier,
    );
  return (step, base) => {
    let [at, length] = [step, firstIterations];
    if (multiplier === 1) at %= length;
    while (at >= length) {
      at -= length;
      length *= multiplier;
    }
    return annealCosine(base, minLearningRate, at / length);
  };
}
