import type { Tensor } from "@isograd/autograd";
import type { EvaluatingOptimizer } from "../optimizers/loss-optimizer.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { StopSignal } from "./breathe.ts";
import type { Callbacks } from "./callbacks.ts";
import type { CheckpointOptions } from "./checkpoints.ts";
import type { BatchSource } from "./evaluate.ts";
import type { Model } from "./model.ts";

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
