import type { Safetensors } from "./safetensors.ts";

/** When checkpoints are taken. The times add up: whichever comes first. */
export interface CheckpointTimes {
  /** After each so many steps of the run; default: none are counted. */
  readonly everySteps?: number;
  /** After the step by whose end so many seconds have gone by since the last one; default: time does not count. */
  readonly everySeconds?: number;
  /** At the end of each so many epochs; default 1, and 0 for none. */
  readonly everyEpochs?: number;
}

/** How far a run has come. */
export interface CheckpointProgress {
  /** How many steps were taken. */
  readonly step: number;
  /** How many epochs have ended. */
  readonly epoch: number;
  /** At the end of an epoch under `fit`: its `loss`, and the metrics on the validation data; else null. */
  readonly metrics: Readonly<Record<string, number>> | null;
}

/** Where the checkpoints of one run are kept: a file, a database of the browser, or anything else. */
export interface CheckpointStore extends CheckpointTimes {
  /** The last checkpoint; null where there is none yet. */
  load(): Safetensors | null | Promise<Safetensors | null>;
  /** Keeps a checkpoint in place of the last one. Training waits for it; values are not to be changed. */
  save(checkpoint: Safetensors, progress: CheckpointProgress): void | Promise<void>;
}
