import type { Generator } from "@isograd/autograd";
import { type Examples, examplesAt } from "../task.ts";

/** A batch on its way through the training set. */
export interface TrainingBatch extends Examples {
  /** Counted from 0. */
  readonly epoch: number;
  /** Whether it is the last one of its epoch. */
  readonly endsEpoch: boolean;
}

/** Batches without end, each epoch in an order of its own; what does not fill a batch is left out. */
export function* batchesOf(
  examples: Examples,
  size: number,
  generator: Generator,
): Iterator<TrainingBatch, never> {
  const count = examples.targets.shape[0];
  const width = Math.min(size, count);
  const each = Math.floor(count / width);
  for (let epoch = 0; ; epoch++) {
    const order = generator.permutation(count);
    for (let k = 0; k < each; k++) {
      const rows = order.slice(k * width, (k + 1) * width);
      yield { ...examplesAt(examples, rows), epoch, endsEpoch: k === each - 1 };
    }
  }
}
