import type { Tensor } from "@isograd/autograd";
import { type BatchSource, evaluate } from "./evaluate.ts";
import type { Metric } from "./metrics.ts";
import { type TrainOptions, train } from "./train.ts";

export interface FitOptions<Input, Name extends string> extends Omit<TrainOptions<Input>, "onEpoch"> {
  /** Held-out data: evaluated after each epoch. */
  readonly validation?: BatchSource<Input>;
  /** What to evaluate there, by name. */
  readonly metrics?: Readonly<Record<Name, Metric>>;
  /** Called after each epoch, and awaited; false ends the training. */
  readonly onEpoch?: (epoch: EpochRecord<Name>) => unknown;
}

/** What became of one epoch. */
export interface EpochRecord<Name extends string = string> {
  /** From 0. */
  readonly epoch: number;
  /** The mean over the epoch's rows, each before its step. */
  readonly loss: number;
  /** The metrics on the validation data after the epoch. */
  readonly metrics: Readonly<Partial<Record<Name, number>>>;
}

export interface History<Name extends string = string> {
  /** The loss of each step. */
  readonly losses: readonly number[];
  readonly epochs: readonly EpochRecord<Name>[];
}

/**
 * Trains a model to the end and tells how it went.
 *
 * @throws what `train` throws; the signal's reason once it is aborted
 * @example
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data: batches({ inputs, targets }), epochs: 20 });
 */
export async function fit<Input = Tensor, Name extends string = never>(
  options: FitOptions<Input, Name>,
): Promise<History<Name>> {
  const { model, validation, signal, onEpoch } = options;
  const metrics = options.metrics ?? ({} as Record<Name, Metric>);
  const losses: number[] = [];
  const epochs: EpochRecord<Name>[] = [];
  let [total, rows] = [0, 0];
  const endEpoch = async (epoch: number): Promise<unknown> => {
    const found = validation === undefined ? {} : await evaluate(model, validation, metrics, { signal });
    const record = { epoch, loss: total / rows, metrics: found as Record<Name, number> };
    epochs.push(record);
    [total, rows] = [0, 0];
    return onEpoch?.(record);
  };
  for await (const step of train({ ...options, onEpoch: endEpoch })) {
    losses.push(step.loss);
    total += step.loss * step.rows;
    rows += step.rows;
  }
  return { losses, epochs };
}
