import { ArgumentError } from "@isograd/autograd";
import { checkCount } from "../optimizers/settings.ts";
import type { Sampler } from "./sampler.ts";

export interface LengthSamplerOptions {
  /** How many rows a batch has: the same as that of the batches. */
  readonly batchSize: number;
  /** Rows are sorted by length among those of so many batches, drawn at random; default 100. 1 is a plain shuffle. */
  readonly pool?: number;
}

/**
 * Puts rows of like lengths into one batch, so that little is padded; which rows meet, and the order of the batches, is random. Each row comes
 * once a pass.
 *
 * @param lengths one a row
 * @throws ArgumentError unless batchSize and pool are whole numbers from 1 on, and no length is NaN
 * @see torchtext.data.BucketIterator
 * @example
 * const rows = [{ words: [1, 2, 3] }, { words: [4] }, { words: [5] }, { words: [6, 7, 8] }];
 * const byLength = lengthSampler(rows.map(({ words }) => words.length), { batchSize: 2 });
 * const sentences = rowBatches(rows, { batchSize: 2, rows: byLength, collate: padRows({ words: "lengths" }) });
 * for await (const { words, lengths } of sentences) paddingMask(lengths, words.shape[0]);
 */
export function lengthSampler(
  lengths: ArrayLike<number>,
  { batchSize, pool = 100 }: LengthSamplerOptions,
): Sampler {
  checkCount("lengthSampler", "batchSize", batchSize);
  checkCount("lengthSampler", "pool", pool);
  const own = Float64Array.from(lengths);
  const row = own.findIndex(Number.isNaN);
  if (row >= 0) throw new ArgumentError("lengthSampler", `expected a length in row ${row}`, own[row]);
  return {
    length: own.length,
    draw: (generator) => {
      const order = generator.permutation(own.length);
      for (let start = 0; start < order.length; start += batchSize * pool)
        order.subarray(start, start + batchSize * pool).sort((a, b) => own[a] - own[b]);
      // A batch that is not full stays at the end, or it would shift all behind it.
      const full = Math.floor(order.length / batchSize);
      const mixed = new Int32Array(order);
      generator.permutation(full).forEach((batch, k) => {
        mixed.set(order.subarray(batch * batchSize, (batch + 1) * batchSize), k * batchSize);
      });
      return mixed;
    },
  };
}
