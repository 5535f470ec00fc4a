import {
  add,
  batchNorm,
  cast,
  full,
  parameter,
  type RunningStatistics,
  type Shape,
  ShapeError,
  type Tensor,
} from "@isograd/autograd";
import { ones, zeros } from "../initializers/constant.ts";
import type { Initial } from "../module/initial.ts";
import { Module } from "../module/module.ts";
import { checkExtent } from "./extent.ts";

export interface BatchNormOptions {
  /** How many channels (axis 1). */
  readonly numFeatures: number;
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
  /** The share of a new batch in the running statistics, null: the mean over all batches; default 0.1. */
  readonly momentum?: number | null;
  /** Whether to learn a scale and a shift for each channel; default true. */
  readonly affine?: boolean;
  /** Default `f32`. */
  readonly dtype?: "f32" | "f64";
}

/** Gives each channel mean 0 and variance 1: over the batch in training, by running statistics in evaluation. */
abstract class BatchNorm extends Module {
  readonly eps: number;
  readonly momentum: number | null;
  readonly weight: Tensor | null;
  readonly bias: Tensor | null;
  readonly runningMean: Tensor;
  readonly runningVariance: Tensor;
  readonly batchesTracked: Tensor;
  /** The shapes it takes, in words, and their ranks. */
  protected abstract get accepts(): { readonly shapes: string; readonly ranks: readonly number[] };

  constructor({ numFeatures, eps = 1e-5, momentum = 0.1, affine = true, dtype = "f32" }: BatchNormOptions) {
    super();
    const shape = [checkExtent("BatchNorm", "numFeatures", numFeatures)];
    this.eps = eps;
    this.momentum = momentum;
    this.weight = affine ? parameter(full(shape, 1, dtype)) : null;
    this.bias = affine ? parameter(full(shape, 0, dtype)) : null;
    this.runningMean = full(shape, 0, dtype);
    this.runningVariance = full(shape, 1, dtype);
    this.batchesTracked = full([], 0, "i32");
  }

  forward(x: Tensor): Tensor {
    const { weight, bias, eps, training, runningMean, runningVariance } = this;
    const { shapes, ranks } = this.accepts;
    const channels = runningMean.size;
    if (!ranks.includes(x.rank) || x.shape[1] !== channels)
      throw new ShapeError("batchNorm", [x.shape], `expected ${shapes} with ${channels} channels`);
    const tracked = training ? add(this.batchesTracked, 1) : this.batchesTracked;
    const { value, running } = batchNorm(x, {
      running: { mean: runningMean, variance: runningVariance },
      momentum: this.momentum ?? 1 / tracked.item(),
      training,
      weight,
      bias,
      eps,
    });
    if (training) this.remember(running as RunningStatistics, tracked);
    return value;
  }

  private remember({ mean, variance }: RunningStatistics, tracked: Tensor): void {
    const bind = (buffer: Tensor, value: Tensor): void => buffer.assign(cast(value.detach(), buffer.dtype));
    bind(this.runningMean, mean);
    bind(this.runningVariance, variance);
    bind(this.batchesTracked, tracked);
  }

  override initials(): Readonly<Record<string, Initial>> {
    const { shape, dtype } = this.runningMean as { shape: Shape; dtype: "f32" | "f64" };
    const one = { role: "fixed", shape, dtype, initializer: ones } as const;
    const zero = { role: "fixed", shape, dtype, initializer: zeros } as const;
    return {
      ...(this.weight !== null && { weight: one, bias: zero }),
      runningMean: zero,
      runningVariance: one,
      batchesTracked: { role: "fixed", shape: [], initializer: () => full([], 0, "i32") },
    };
  }
}

/**
 * Batch normalisation of vectors: [batch, channels] or [batch, channels, length].
 *
 * @throws ShapeError when called in training with one value a channel
 * @see Ioffe, Szegedy 2015, "Batch normalization"; torch.nn.BatchNorm1d
 */
export class BatchNorm1d extends BatchNorm {
  protected get accepts(): { shapes: string; ranks: number[] } {
    return { shapes: "[batch, channels] or [batch, channels, length]", ranks: [2, 3] };
  }
}

/**
 * Batch normalisation of images: [batch, channels, height, width].
 *
 * @throws ShapeError when called in training with one value a channel
 * @see Ioffe, Szegedy 2015, "Batch normalization"; torch.nn.BatchNorm2d
 */
export class BatchNorm2d extends BatchNorm {
  protected get accepts(): { shapes: string; ranks: number[] } {
    return { shapes: "[batch, channels, height, width]", ranks: [4] };
  }
}
