import { ArgumentError, ShapeError } from "../errors.ts";
import { add, mul, rsqrt, sub } from "../ops/elementwise/index.ts";
import { reshape } from "../ops/movement/index.ts";
import type { Tensor } from "../tensor.ts";
import { affineAlongChannels, alongChannels, channelAxis, normalizeChannels } from "./channels.ts";
import { followed, type RunningStatistics } from "./running.ts";
import { type Affine, applyAffine } from "./standardize.ts";

export interface BatchNormSettings extends Affine {
  /** What to normalise by outside training, and to follow in training. */
  readonly running?: RunningStatistics | null;
  /** Whether to normalise by the batch itself; default: where there are no running statistics. */
  readonly training?: boolean;
  /** The share of the batch in the new running statistics; default 0.1. */
  readonly momentum?: number;
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
}

export interface BatchNormResult {
  readonly value: Tensor;
  /** What was subtracted: [channels]. */
  readonly mean: Tensor;
  /** What was multiplied by, 1/√(variance + eps): [channels]. */
  readonly rstd: Tensor;
  /** The running statistics after this batch; as they were outside training, null where there are none. */
  readonly running: RunningStatistics | null;
}

/**
 * Gives each channel mean 0 and variance 1, over the batch or by running statistics, then applies weight and bias.
 *
 * Tensors are immutable: the new running statistics are returned. Gradients flow through them too; a layer that keeps them detaches them.
 *
 * @param x [batch, channels, ...], or [channels]
 * @throws ShapeError when training with one value a channel; ArgumentError outside training without running statistics
 * @see Ioffe, Szegedy 2015, "Batch normalization"; torch.nn.functional.batch_norm
 * @example
 * batchNorm(tensor([[1, 10], [3, 30]]), { eps: 0 }).value; // [[-1, -1], [1, 1]]
 * const running = { mean: tensor([0]), variance: tensor([1]) };
 * batchNorm(tensor([[1], [3]]), { running, eps: 0 }).value; // [[1], [3]]
 * batchNorm(tensor([[1], [3]]), { running, training: true }).running; // { mean: [0.2], variance: [1.1] }
 */
export function batchNorm(x: Tensor, settings: BatchNormSettings = {}): BatchNormResult {
  const { running = null, training = running === null, momentum = 0.1, eps = 1e-5, ...affine } = settings;
  if (!training) return byRunning("batchNorm", x, running, eps, affineAlongChannels("batchNorm", affine, x));
  const count = x.size / x.shape[channelAxis(x)];
  if (count === 1)
    throw new ShapeError("batchNorm", [x.shape], "expected more than one value a channel in training");
  const examples = x.rank < 2 ? reshape(x, [1, x.size]) : x;
  const how = { groups: examples.shape[1], overBatch: true, eps };
  const { value, mean, variance, rstd } = normalizeChannels("batchNorm", examples, affine, how);
  const batch = { mean, variance: mul(variance, count / (count - 1)) };
  return {
    value: reshape(value, x.shape),
    mean,
    rstd,
    // An empty batch says nothing about its channels.
    running: count === 0 ? running : running && followed(running, batch, momentum),
  };
}

/** @throws ArgumentError if there are no running statistics */
export function byRunning(
  operation: string,
  x: Tensor,
  running: RunningStatistics | null,
  eps: number,
  affine: Affine,
): BatchNormResult {
  if (running === null)
    throw new ArgumentError(operation, "expected running statistics outside training", running);
  const rstd = rsqrt(add(running.variance, eps));
  const centred = sub(x, alongChannels(operation, running.mean, x));
  const value = applyAffine(mul(centred, alongChannels(operation, rstd, x)), affine);
  return { value, mean: running.mean, rstd, running };
}
