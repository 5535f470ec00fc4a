import { ShapeError } from "../errors.ts";
import { mul } from "../ops/elementwise/index.ts";
import { mean as average } from "../ops/reductions/index.ts";
import { sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type BatchNormResult, type BatchNormSettings, byRunning } from "./batch-norm.ts";
import { affineAlongChannels, normalizeChannels } from "./channels.ts";
import { followed } from "./running.ts";

/**
 * Gives each channel of each example mean 0 and variance 1, then applies weight and bias.
 *
 * @param x [batch, channels, ...]
 * @param settings as for {@link batchNorm}, but normalising by the example itself (`training`) is the default always; the running
 *   statistics follow the mean over the batch
 * @returns mean and rstd are [batch, channels] where they are the examples' own
 * @throws ShapeError where a channel of an example has one value; ArgumentError outside training without running statistics
 * @see Ulyanov, Vedaldi, Lempitsky 2016, "Instance normalization"; torch.nn.functional.instance_norm
 * @example
 * instanceNorm(tensor([[[1, 3], [10, 30]]]), { eps: 0 }).value; // [[[-1, 1], [-1, 1]]]
 */
export function instanceNorm(x: Tensor, settings: BatchNormSettings = {}): BatchNormResult {
  const { running = null, training = true, momentum = 0.1, eps = 1e-5, ...affine } = settings;
  if (!training)
    return byRunning("instanceNorm", x, running, eps, affineAlongChannels("instanceNorm", affine, x));
  const count = sizeOf(x.shape.slice(2));
  if (x.rank < 3 || count === 1)
    throw new ShapeError(
      "instanceNorm",
      [x.shape],
      "expected [batch, channels, ...] with more than one value a channel",
    );
  const how = { groups: x.shape[1], overBatch: false, eps };
  const { value, mean, variance, rstd } = normalizeChannels("instanceNorm", x, affine, how);
  const batch = {
    mean: average(mean, { axis: 0 }),
    variance: mul(average(variance, { axis: 0 }), count / (count - 1)),
  };
  return { value, mean, rstd, running: running && followed(running, batch, momentum) };
}
