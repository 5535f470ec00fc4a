import { ArgumentError, type Tensor } from "@isograd/autograd";
import { hasState, type Source } from "../data/source.ts";
import type { Metric } from "../metrics/metric.ts";
import { Module } from "../module/module.ts";
import type { Stateful } from "../module/stateful.ts";
import type { CheckpointParts } from "../saving/checkpoint.ts";
import { ask, type Callbacks } from "./callbacks.ts";
import { EarlyStopping, type EarlyStoppingOptions } from "./early-stopping.ts";
import { type BatchSource, evaluate } from "./evaluate.ts";
import { type EpochRecord, type History, Recorder } from "./history.ts";
import { runTraining } from "./train.ts";
import type { TrainOptions } from "./train-options.ts";

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

/**
 * Trains a model to the end and tells how it went.
 *
 * @throws what `train` throws; the signal's reason once it is aborted; ArgumentError if early stopping has no metric or no module to look at
 * @example
 * const { losses, epochs } = await fit({ model, loss: mseLoss, optimizer, data, epochs: 50 });
 * losses.length; // 100
 * epochs[49].loss < epochs[0].loss / 10; // true
 */
export async function fit<Input = Tensor, Name extends string = never>(
  options: FitOptions<Input, Name>,
): Promise<History<Name>> {
  const { model, validation, signal, onEpoch } = options;
  const metrics = options.metrics ?? ({} as Record<Name, Metric>);
  const earlyStopping = options.earlyStopping && stoppingOf(options);
  const stopAt = options.earlyStopping?.metric;
  const history = new Recorder<Name>({ metrics: Object.keys(metrics), stopAt });
  let found = {} as EpochRecord<Name>["metrics"];
  const validate = async (): Promise<void> => {
    if (validation !== undefined)
      found = await whole(validation, () => evaluate(model, validation, metrics, { signal }));
  };
  const endEpoch = async (): Promise<boolean> => {
    const record = history.endEpoch(found);
    const goesOn =
      earlyStopping?.step(stopAt === undefined ? record.loss : (record.metrics[stopAt] as number)) ?? true;
    return (await ask(onEpoch, record)) && goesOn;
  };
  const steps = runTraining<Input, Tensor>(
    { ...options, onEpoch: endEpoch },
    {
      validate,
      metrics: () =>
        ({ loss: history.epochs[history.epochs.length - 1].loss, ...found }) as Record<string, number>,
      parts: {
        history,
        ...(earlyStopping && { earlyStopping }),
        ...validationPart(options.data, validation),
      },
    },
  );
  for await (const { loss, rows } of steps) history.step(loss, rows);
  earlyStopping?.restore();
  const { losses, epochs } = history;
  return { losses, epochs };
}

/** Held-out data whose passes depend on those before: shuffled ones. */
function validationPart(data: object, validation: Source<unknown> | undefined): CheckpointParts {
  const isPart = validation !== undefined && validation !== data && hasState(validation);
  return isPart ? { validation: validation as Stateful } : {};
}

/** Goes through data to the end or not at all: where that fails, the data are where they were. */
async function whole<R>(data: Source<unknown>, pass: () => Promise<R>): Promise<R> {
  const before = data.state;
  try {
    return await pass();
  } catch (error) {
    if (before !== undefined) data.state = before;
    throw error;
  }
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
