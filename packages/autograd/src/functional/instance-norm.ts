import { ShapeError } from "../errors.ts";
import { mul } from "../ops/elementwise/index.ts";
import { reshape } from "../ops/movement/index.ts";
import { mean as average } from "../ops/reductions/index.ts";
import { sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type BatchNormResult, type BatchNormSettings, byRunning } from "./batch-norm.ts";
import { affineAlongChannels } from "./channels.ts";
import { followed } from "./running.ts";
import { applyAffine, standardize } from "./standardize.ts";

/**
 * Gives each channel of each example mean 0 and variance 1, then applies weight and bias.
 *
 * @param x [batch, channels, ...]
 * @param settings as for {@link batchNorm}, but normalising by the example itself (`training`) is the default always; the running
 *   statistics follow the mean over the batch
 * @returns mean and rstd are [batch, channels] where they are the examples' own
 * @throws ShapeError where a channel of an example has one value; ArgumentError outside training without running statistics
 * @see Ulyanov, Vedaldi, Lempitsky 2016, "Instance normalization"; torch.nn.functional.instance_norm
 */
export function instanceNorm(x: Tensor, settings: BatchNormSettings = {}): BatchNormResult {
  const { running = null, training = true, momentum = 0.1, eps = 1e-5, ...affine } = settings;
  const spread = affineAlongChannels("instanceNorm", affine, x);
  if (!training) return byRunning("instanceNorm", x, running, eps, spread);
  const count = sizeOf(x.shape.slice(2));
  if (x.rank < 3 || count === 1)
    throw new ShapeError(
      "instanceNorm",
      [x.shape],
      "expected [batch, channels, ...] with more than one value a channel",
    );
  const axis = x.shape.slice(2).map((_, k) => 2 + k);
  const { value, mean, variance, rstd } = standardize(x, { axis, eps });
  const flat = (statistic: Tensor): Tensor => reshape(statistic, x.shape.slice(0, 2));
  const batch = {
    mean: average(flat(mean), { axis: 0 }),
    variance: mul(average(flat(variance), { axis: 0 }), count / (count - 1)),
  };
  return {
    value: applyAffine(value, spread),
    mean: flat(mean),
    rstd: flat(rstd),
    running: running && followed(running, batch, momentum),
  };
}
