import { IsogradError } from "@isograd/autograd";

/**
 * A checkpoint is not of what it shall be put into: everything that differs, at once. Nothing was changed.
 *
 * @example
 * restoreCheckpoint({ model: new Linear({ inFeatures: 2, outFeatures: 1 }) }, captureCheckpoint({ model })); // throws CheckpointError
 */
export class CheckpointError extends IsogradError {
  override readonly name = "CheckpointError";

  /** @param differences sentences that begin with the name of a part */
  constructor(readonly differences: readonly string[]) {
    super(`restoreCheckpoint: expected a checkpoint of the same parts; ${differences.join("; ")}`);
  }
}
