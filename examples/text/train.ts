import {
  adamw,
  type CheckpointStore,
  chain,
  cosineAnnealingLR,
  crossEntropy,
  type EpochRecord,
  fit,
  Optimizer,
  Scheduler,
  warmup,
} from "@isograd/nn";
import { type ClippingRecord, clipAndRecord } from "./clipping.ts";
import type { Learner } from "./learner.ts";

export interface Training {
  readonly signal?: AbortSignal;
  readonly checkpoints?: CheckpointStore;
  readonly onEpoch?: (record: EpochRecord) => unknown;
}

/** Trains to the end of the plan, or from a checkpoint on. @returns what clipping did */
export async function trainLearner(learner: Learner, training: Training = {}): Promise<ClippingRecord> {
  const { model, data, pace } = learner;
  const { epochs, learningRate, maxNorm, warmup: steps } = pace;
  const clipping = clipAndRecord(maxNorm);
  const optimizer = new Optimizer(
    model.parameters(),
    chain(clipping, adamw({ learningRate, betas: [0.9, 0.99] })),
  );
  const totalIterations = epochs * (data.length ?? 0) - steps;
  const scheduler = new Scheduler(optimizer, warmup({ steps }, cosineAnnealingLR({ totalIterations })));
  const onEpoch = async (record: EpochRecord) => {
    learner.restart?.();
    await training.onEpoch?.(record);
  };
  await fit({ ...training, model, loss: crossEntropy, optimizer, scheduler, data, epochs, onEpoch });
  return optimizer.state[0] as ClippingRecord;
}
