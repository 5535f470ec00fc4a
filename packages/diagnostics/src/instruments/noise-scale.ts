import { ArgumentError } from "@isograd/autograd";
import { meanOf } from "../statistics.ts";
import { jackknifeError } from "./estimate.ts";
import { type NoiseStatistics, scaleOf } from "./noise-statistics.ts";

/** The squared norms of gradients over batches of one size: |g|² of the mean loss over the batch. */
export interface BatchNorms {
  readonly batchSize: number;
  readonly squares: readonly number[];
}

/**
 * The simple noise scale from gradient norms of two batch sizes, as data-parallel training or gradient accumulation has them anyway.
 *
 * With B examples E|g|² = |G|² + tr Σ/B: two sizes give both. The loss is a mean over examples.
 *
 * @param small norms over small batches
 * @param large as many, over larger ones, each over the same time as the small one in its place
 * @throws ArgumentError unless there are as many of both, at least one, and the larger size is larger
 * @see McCandlish, Kaplan, Amodei 2018, appendix A.1
 * @example
 * const { signal, noise, noiseScale } = noiseScaleFromNorms({ batchSize: 1, squares: [11, 9] }, { batchSize: 10, squares: [1, 2.8] });
 * noise; // 9
 * signal; // 1
 * noiseScale; // 9
 */
export function noiseScaleFromNorms(small: BatchNorms, large: BatchNorms): NoiseStatistics {
  const n = small.squares.length;
  if (n === 0 || large.squares.length !== n)
    throw new ArgumentError(
      "noiseScaleFromNorms",
      `expected ${n} norms of large batches, and at least one`,
      large.squares.length,
    );
  if (!(small.batchSize > 0 && large.batchSize > small.batchSize))
    throw new ArgumentError(
      "noiseScaleFromNorms",
      `expected a size above ${small.batchSize}`,
      large.batchSize,
    );
  const estimate = (a: readonly number[], b: readonly number[]) => {
    const [squareOfSmall, squareOfLarge] = [meanOf(a), meanOf(b)];
    const signal =
      (large.batchSize * squareOfLarge - small.batchSize * squareOfSmall) /
      (large.batchSize - small.batchSize);
    const noise = (squareOfSmall - squareOfLarge) / (1 / small.batchSize - 1 / large.batchSize);
    return { signal, noise };
  };
  const all = estimate(small.squares, large.squares);
  const left = small.squares.map((_, k) =>
    scaleOf(estimate(without(small.squares, k), without(large.squares, k))),
  );
  return {
    ...all,
    noiseScale: scaleOf(all),
    standardError: n < 2 ? Number.NaN : jackknifeError(left),
    signalToNoise: all.signal / all.noise,
  };
}

const without = (values: readonly number[], k: number): number[] => values.filter((_, i) => i !== k);
