import { ArgumentError, type Tensor } from "@isograd/autograd";
import type { BatchSource } from "./evaluate.ts";

export type Batch<Input> = Readonly<{ inputs: Input; targets: Tensor }>;

/** The batches of a step. */
export interface Group<Input> {
  readonly batches: readonly Batch<Input>[];
  /** Whether they are known to be the last, since it was asked for more. */
  readonly isLast: boolean;
}

/** So many batches at a time, and at the end those that are left; without those that were seen before. */
export async function* groups<Input>(
  data: BatchSource<Input>,
  size: number,
  seen: number,
): AsyncGenerator<Group<Input>> {
  let batches: Batch<Input>[] = [];
  let passedOver = 0;
  for await (const batch of data) {
    if (passedOver < seen) {
      passedOver++;
      continue;
    }
    batches.push(batch);
    if (batches.length < size) continue;
    yield { batches, isLast: false };
    batches = [];
  }
  if (passedOver < seen)
    throw new ArgumentError(
      "train",
      `expected data with the ${seen} batches that were seen before`,
      passedOver,
    );
  if (batches.length > 0) yield { batches, isLast: true };
}
