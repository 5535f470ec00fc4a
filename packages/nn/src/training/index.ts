export type { StopSignal } from "./breathe.ts";
export type { Callbacks } from "./callbacks.ts";
export type { CheckpointOptions } from "./checkpoints.ts";
export { EarlyStopping, type EarlyStoppingOptions, type EarlyStoppingState } from "./early-stopping.ts";
export { type BatchSource, type EvaluateOptions, evaluate } from "./evaluate.ts";
export { type FitOptions, fit } from "./fit.ts";
export type { EpochRecord, History } from "./history.ts";
export {
  learningRateRangeTest,
  type RangeTest,
  type RangeTestOptions,
} from "./learning-rate-range-test.ts";
export type { Model } from "./model.ts";
export { train } from "./train.ts";
export type { TrainingStep, TrainOptions } from "./train-options.ts";
