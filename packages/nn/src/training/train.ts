import { ArgumentError, type Tensor } from "@isograd/autograd";
import { Batches } from "../data/batches.ts";
import { hasState } from "../data/source.ts";
import { checkCount } from "../optimizers/settings.ts";
import type { CheckpointParts } from "../saving/checkpoint.ts";
import { Breather } from "./breathe.ts";
import { ask, notify } from "./callbacks.ts";
import { Checkpoints, partsOf } from "./checkpoints.ts";
import { groups } from "./groups.ts";
import { Run } from "./run.ts";
import { checkData, takeStep } from "./take-step.ts";
import type { TrainingStep, TrainOptions } from "./train-options.ts";

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
  let seen = hasState(data) ? 0 : run.state.seen;
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
      if (checkpoints?.isDue) {
        await checkpoints.save();
        signal?.throwIfAborted();
      }
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
