import { ArgumentError, add, backward, mul, NonFiniteError, Tensor } from "@isograd/autograd";
import { Batches } from "../data/batches.ts";
import { checkFiniteRows } from "../data/finite.ts";
import { Module } from "../module/module.ts";
import type { EvaluatingOptimizer } from "../optimizers/loss-optimizer.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { checkCount } from "../optimizers/settings.ts";
import type { CheckpointParts } from "../saving/checkpoint.ts";
import { Breather, type StopSignal } from "./breathe.ts";
import { ask, type Callbacks, notify } from "./callbacks.ts";
import { type CheckpointOptions, Checkpoints, partsOf } from "./checkpoints.ts";
import type { BatchSource } from "./evaluate.ts";
import { applyModel, checkLoss, type Model } from "./model.ts";
import { Run } from "./run.ts";

export interface TrainOptions<Input = Tensor, Output = Tensor> extends CheckpointOptions {
  readonly model: Model<Input, Output>;
  /** One number for the outputs of a batch: `crossEntropy`, `mseLoss` or your own. */
  readonly loss: (outputs: Output, targets: Tensor) => Tensor;
  /** One that evaluates the loss itself (L-BFGS, SAM) does so on the batches of its step. */
  readonly optimizer: Pick<Optimizer, "step" | "zeroGrad"> | EvaluatingOptimizer;
  /** Gone through once an epoch. */
  readonly data: BatchSource<Input>;
  /** Default 1. */
  readonly epochs?: number;
  /**
   * How many batches make a step; default 1. The step is that of one large batch, however many rows each has, for losses that are means over
   * rows, and models that see each row by itself. The last step of an epoch takes what is left.
   */
  readonly accumulate?: number;
  /** Told of each step after it: a `Scheduler` of steps. One of epochs is for `onEpoch`. */
  readonly scheduler?: { step(): void };
  /** Stops between two steps: the loop then throws the signal's reason, with a checkpoint taken where those are wanted. */
  readonly signal?: StopSignal;
  /** Whether the first epoch looks for NaN and infinities in the inputs and targets; default true. */
  readonly checkFinite?: boolean;
  /** Whether a loss that is not finite is an error (default), or training goes on. */
  readonly errorIfNonFinite?: boolean;
  /** Called after each step; one function or several. */
  readonly onStep?: Callbacks<TrainingStep>;
  /** Called after each epoch, one after the other, and awaited; one that returns false ends the training, once all were called. */
  readonly onEpoch?: Callbacks<number>;
}

/** One step of training, just taken. */
export interface TrainingStep {
  /** From 0, over all epochs. */
  readonly step: number;
  /** From 0. */
  readonly epoch: number;
  /** From 0, within the epoch: of batches, or of as many as make a step. */
  readonly batch: number;
  /** How many steps there will be in all, where the data says how many batches it has. */
  readonly steps: number | undefined;
  /** Before the step; of several batches the mean over their rows. */
  readonly loss: number;
  /** How many rows it took. */
  readonly rows: number;
}

/**
 * Trains a model step by step: forward, backward, optimizer; one loop body a step.
 *
 * Modules are in training mode at each step. Gives way to the event loop every 50 ms, so that signals and timers come through. Ending the
 * loop early, by `break` or by the signal, leaves the model as it was after the last whole step, and its gradients in place. With `checkpoints`
 * the loop goes on where the run was: the first step that it sees is the one behind the last checkpoint.
 *
 * @throws ArgumentError if an epoch has no data; NonFiniteError if data or the loss is NaN or infinite: the parameters are then those before
 *   the step; the signal's reason once it is aborted; CheckpointError if the last checkpoint is one of another run: nothing is changed then
 * @example
 * const losses: number[] = [];
 * for await (const { loss } of train({ model, loss: mseLoss, optimizer, data, epochs: 50 })) losses.push(loss);
 * losses.length; // 100
 * losses[99] < losses[0] / 10; // true
 */
export function train<Input = Tensor, Output = Tensor>(
  options: TrainOptions<Input, Output>,
): AsyncGenerator<TrainingStep, void, undefined> {
  return runTraining(options, {});
}

/** What a loop around has to do with a run. */
export interface Surroundings {
  /** Looks at the model at the end of an epoch, changing nothing, before `onEpoch`. */
  validate?(): Promise<void>;
  /** What came of the epoch that has ended. */
  metrics?(): Readonly<Record<string, number>>;
  /** What its further course depends on. */
  readonly parts?: CheckpointParts;
}

/** `train`, as a part of something else. */
export async function* runTraining<Input, Output>(
  options: TrainOptions<Input, Output>,
  surroundings: Surroundings,
): AsyncGenerator<TrainingStep, void, undefined> {
  const { data, epochs = 1, accumulate = 1, signal, onStep, onEpoch, checkpoints: store } = options;
  if (!Number.isInteger(epochs) || epochs < 0)
    throw new ArgumentError("train", "expected epochs to be an integer and not negative", epochs);
  checkCount("train", "accumulate", accumulate);
  const perEpoch = "length" in data && typeof data.length === "number" ? data.length : undefined;
  const steps = perEpoch && Math.ceil(perEpoch / accumulate) * epochs;
  const breather = new Breather(signal);
  signal?.throwIfAborted();
  const run = new Run({ accumulate });
  const parts = store && partsOf(options, { run, ...surroundings.parts });
  const checkpoints = store && parts && (await Checkpoints.begin(store, parts, run));
  /** Where nothing is half done: what throws is the signal. */
  const orSave = async (wait: () => Promise<void> | undefined): Promise<void> => {
    try {
      await wait();
    } catch (reason) {
      if (signal?.aborted) await checkpoints?.save();
      throw reason;
    }
  };
  let seen = "state" in data ? 0 : run.state.seen;
  while (run.state.epoch < epochs && !run.state.finished) {
    const { epoch, passed } = run.state;
    for await (const { batches, isLast } of passed ? [] : groups(data, accumulate, seen)) {
      if (epoch === 0 && options.checkFinite !== false && !(data instanceof Batches))
        batches.forEach(checkData);
      const { step, batch } = run.state;
      const taken = { step, epoch, batch, steps, ...takeStep(options, batches, step, epoch) };
      options.scheduler?.step();
      run.stepped(batches.length, isLast);
      notify(onStep, taken);
      yield taken;
      if (breather.due || signal?.aborted) await orSave(() => breather.breathe());
      if (checkpoints?.isDue) await checkpoints.save();
    }
    seen = 0;
    if (run.state.batch === 0)
      throw new ArgumentError(
        "train",
        `expected at least one batch in epoch ${epoch} (a generator can be gone through once only)`,
        0,
      );
    run.passed();
    await orSave(() => surroundings.validate?.());
    run.endEpoch(!(await ask(onEpoch, epoch)));
    const isOver = run.state.finished || run.state.epoch === epochs;
    if (checkpoints && (isOver || signal?.aborted || checkpoints.isDueAtEpoch))
      await checkpoints.save(surroundings.metrics?.() ?? null);
    if (!isOver) signal?.throwIfAborted();
  }
}

type Batch<Input> = Readonly<{ inputs: Input; targets: Tensor }>;

/** The batches of a step. */
interface Group<Input> {
  readonly batches: readonly Batch<Input>[];
  /** Whether they are known to be the last, since it was asked for more. */
  readonly isLast: boolean;
}

/** So many batches at a time, and at the end those that are left; without those that were seen before. */
async function* groups<Input>(
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

const rowsOf = ({ targets }: Batch<unknown>): number => targets.shape[0] ?? 1;

function takeStep<Input, Output>(
  options: TrainOptions<Input, Output>,
  group: readonly Batch<Input>[],
  step: number,
  epoch: number,
): { readonly loss: number; readonly rows: number } {
  const { model, optimizer } = options;
  if (model instanceof Module && !model.training) model.train();
  const rows = group.reduce((sum, batch) => sum + rowsOf(batch), 0);
  const lossOf = (batch: Batch<Input>, isFirst: boolean): Tensor => {
    const loss = checkLoss("train", options.loss(applyModel(model, batch.inputs), batch.targets));
    const value = isFirst && options.errorIfNonFinite !== false ? loss.item() : 0;
    if (!Number.isFinite(value)) {
      throw new NonFiniteError(
        `train: the loss is ${value} at step ${step} (epoch ${epoch}); the parameters are those before the step`,
      );
    }
    return group.length === 1 ? loss : mul(loss, rowsOf(batch) / rows);
  };
  if ("evaluates" in optimizer) {
    let calls = 0;
    const whole = (): Tensor => {
      calls++;
      return group.map((batch) => lossOf(batch, calls === 1)).reduce((total, loss) => add(total, loss));
    };
    return { loss: optimizer.step(whole), rows };
  }
  optimizer.zeroGrad();
  let mean = 0;
  for (const batch of group) {
    const loss = lossOf(batch, true);
    backward(loss);
    mean += loss.item();
  }
  optimizer.step();
  return { loss: mean, rows };
}

function checkData({ inputs, targets }: Batch<unknown>): void {
  if (inputs instanceof Tensor) checkFiniteRows("train", "inputs of the batch", inputs, (row) => row);
  checkFiniteRows("train", "targets of the batch", targets, (row) => row);
}
