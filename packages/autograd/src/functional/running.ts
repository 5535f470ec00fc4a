import { add, mul } from "../ops/elementwise/index.ts";
import type { Tensor } from "../tensor.ts";

/** Mean and variance of each channel over many batches: [channels]. */
export interface RunningStatistics {
  readonly mean: Tensor;
  /** Of the population: with Bessel's correction. */
  readonly variance: Tensor;
}

/** The running statistics after one more batch, which gets the share `momentum`. */
export function followed(
  running: RunningStatistics,
  batch: RunningStatistics,
  momentum: number,
): RunningStatistics {
  const follow = (old: Tensor, latest: Tensor): Tensor => add(mul(old, 1 - momentum), mul(latest, momentum));
  return { mean: follow(running.mean, batch.mean), variance: follow(running.variance, batch.variance) };
}
