import { ArgumentError, type Tensor } from "@isograd/autograd";
import type { Metric } from "../metrics/metric.ts";
import { Module } from "../module/module.ts";
import { ask, type Callbacks } from "./callbacks.ts";
import { EarlyStopping, type EarlyStoppingOptions } from "./early-stopping.ts";
import { type BatchSource, evaluate } from "./evaluate.ts";
import { type TrainOptions, train } from "./train.ts";

export interface FitOptions<Input, Name extends string> extends Omit<TrainOptions<Input>, "onEpoch"> {
  /** Held-out data: evaluated after each epoch. */
  readonly validation?: BatchSource<Input>;
  /** What to evaluate there, by name. */
  readonly metrics?: Readonly<Record<Name, Metric>>;
  /**
   * Ends the training when a metric, or the loss, has stopped improving; the model is in the end what it was where that was best.
   */
  readonly earlyStopping?: EarlyStoppingOptions & {
    /** What is looked at: a metric, or (default) the loss of the epoch. */
    readonly metric?: Name;
  };
  /** Called after each epoch, one after the other, and awaited; one that returns false ends the training, once all were called. */
  readonly onEpoch?: Callbacks<EpochRecord<Name>>;
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
 * @throws what `train` throws; the signal's reason once it is aborted; ArgumentError if early stopping has no metric or no module to look at
 * @example
 * const { losses } = await fit({ model, loss: mseLoss, optimizer, data: batches({ inputs, targets }), epochs: 20 });
 */
export async function fit<Input = Tensor, Name extends string = never>(
  options: FitOptions<Input, Name>,
): Promise<History<Name>> {
  const { model, validation, signal, onEpoch } = options;
  const metrics = options.metrics ?? ({} as Record<Name, Metric>);
  const stopping = options.earlyStopping && stoppingOf(options);
  const stopAt = options.earlyStopping?.metric;
  const losses: number[] = [];
  const epochs: EpochRecord<Name>[] = [];
  let [total, rows] = [0, 0];
  const endEpoch = async (epoch: number): Promise<unknown> => {
    const found = validation === undefined ? {} : await evaluate(model, validation, metrics, { signal });
    const record = { epoch, loss: total / rows, metrics: found as Record<Name, number> };
    epochs.push(record);
    [total, rows] = [0, 0];
    const goesOn = stopping?.step(stopAt === undefined ? record.loss : record.metrics[stopAt]) ?? true;
    return (await ask(onEpoch, record)) && goesOn;
  };
  for await (const step of train({ ...options, onEpoch: endEpoch })) {
    losses.push(step.loss);
    total += step.loss * step.rows;
    rows += step.rows;
  }
  stopping?.restore();
  return { losses, epochs };
}

function stoppingOf<Input, Name extends string>(options: FitOptions<Input, Name>): EarlyStopping {
  const { model, validation, metrics, earlyStopping } = options;
  const name = earlyStopping?.metric;
  if (!(model instanceof Module))
    throw new ArgumentError(
      "fit",
      "expected a module for early stopping, to put back where it was best",
      model,
    );
  if (name !== undefined && (validation === undefined || !Object.hasOwn(metrics ?? {}, name)))
    throw new ArgumentError("fit", "expected early stopping on a metric of validation data", name);
  return new EarlyStopping(model, earlyStopping);
}
