import { checkCount, checkNotNegative } from "../optimizers/settings.ts";
import { lambdaLR } from "./lambda.ts";
import type { Schedule } from "./schedule.ts";

export interface LinearLROptions {
  /** What the rate is multiplied with at step 0; default 1/3. */
  readonly startFactor?: number;
  /** What it is multiplied with from step `totalIterations` on; default 1. */
  readonly endFactor?: number;
  /** Default 5. */
  readonly totalIterations?: number;
}

/**
 * Multiplies the rate by a factor that goes from one to another along a straight line, and then stays.
 *
 * @throws ArgumentError unless the factors are finite and not negative and totalIterations is a whole number from 1 on
 * @see torch.optim.lr_scheduler.LinearLR
 * @example
 * const rate = linearLR({ startFactor: 0.1, totalIterations: 100 });
 * [0, 50, 100, 150].map((step) => rate(step, 1)); // [0.1, 0.55, 1, 1]
 */
export function linearLR(options: LinearLROptions = {}): Schedule {
  const { startFactor = 1 / 3, endFactor = 1, totalIterations = 5 } = options;
  checkNotNegative("linearLR", { startFactor, endFactor });
  checkCount("linearLR", "totalIterations", totalIterations);
  return lambdaLR((step) => {
    const share = Math.min(1, step / totalIterations);
    return startFactor * (1 - share) + endFactor * share;
  });
}

export interface ExponentialLROptions {
  /** What the rate is multiplied with at each step. */
  readonly gamma: number;
}

/**
 * Multiplies the rate by `gamma` at each step.
 *
 * @throws ArgumentError unless gamma is finite and not negative
 * @see torch.optim.lr_scheduler.ExponentialLR
 * @example
 * exponentialLR({ gamma: 0.95 })(2, 1); // 0.9025
 */
export function exponentialLR({ gamma }: ExponentialLROptions): Schedule {
  checkNotNegative("exponentialLR", { gamma });
  return lambdaLR((step) => gamma ** step);
}

export interface PolynomialLROptions {
  /** When the rate is 0; default 5. */
  readonly totalIterations?: number;
  /** Default 1: a straight line. */
  readonly power?: number;
}

/**
 * Lets the rate fall to 0 as a power of what is left, and stay there.
 *
 * @throws ArgumentError unless totalIterations is a whole number from 1 on and power is finite and not negative
 * @see torch.optim.lr_scheduler.PolynomialLR
 * @example
 * const rate = polynomialLR({ totalIterations: 1000, power: 2 });
 * [0, 500, 1000].map((step) => rate(step, 1)); // [1, 0.25, 0]
 */
export function polynomialLR({ totalIterations = 5, power = 1 }: PolynomialLROptions = {}): Schedule {
  checkCount("polynomialLR", "totalIterations", totalIterations);
  checkNotNegative("polynomialLR", { power });
  return lambdaLR((step) => (1 - Math.min(1, step / totalIterations)) ** power);
}
