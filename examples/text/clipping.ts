import { sumOfSquares } from "@isograd/autograd";
import { clipByGlobalNorm, type GradientTransform } from "@isograd/nn";

/** What clipping did so far. */
export interface ClippingRecord {
  steps: number;
  /** In how many of them the gradients were too long. */
  clipped: number;
  /** The largest norm before clipping. */
  largest: number;
}

/** `clipByGlobalNorm`, which remembers what it did; as its record is its state, checkpoints keep it. */
export function clipAndRecord(maxNorm: number): GradientTransform<ClippingRecord> {
  const clip = clipByGlobalNorm(maxNorm);
  return {
    init: () => ({ steps: 0, clipped: 0, largest: 0 }),
    update(gradients, record, parameters) {
      const squares = gradients.map((gradient) => (gradient === null ? 0 : sumOfSquares(gradient)));
      const norm = Math.sqrt(squares.reduce((total, square) => total + square, 0));
      record.steps++;
      record.largest = Math.max(record.largest, norm);
      if (norm > maxNorm) record.clipped++;
      return clip.update(gradients, null, parameters);
    },
  };
}
