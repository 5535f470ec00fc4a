import {
  add,
  cast,
  full,
  mul,
  noGrad,
  parameter,
  reshape,
  rsqrt,
  type Shape,
  ShapeError,
  sub,
  type Tensor,
} from "@isograd/autograd";
import { ones, zeros } from "../initializers/constant.ts";
import type { Initial } from "../module/initial.ts";
import { Module } from "../module/module.ts";
import { checkExtent } from "./extent.ts";
import { type Standardized, standardize } from "./standardize.ts";

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
    const { weight, bias, runningMean, runningVariance, eps } = this;
    const [channels] = runningMean.shape;
    const { shapes, ranks } = this.accepts;
    if (!ranks.includes(x.rank) || x.shape[1] !== channels)
      throw new ShapeError("batchNorm", [x.shape], `expected ${shapes} with ${channels} channels`);
    const column: Shape = x.shape.map((_, axis) => (axis === 1 ? channels : 1));
    const spread = (statistic: Tensor): Tensor => reshape(statistic, column);
    const value = this.training
      ? this.overBatch(x)
      : mul(sub(x, spread(runningMean)), spread(rsqrt(add(runningVariance, eps))));
    return weight === null || bias === null ? value : add(mul(value, spread(weight)), spread(bias));
  }

  private overBatch(x: Tensor): Tensor {
    const count = x.size / x.shape[1];
    if (count < 2)
      throw new ShapeError("batchNorm", [x.shape], "expected more than one value a channel in training");
    const standardized = standardize(
      x,
      x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis])),
      this.eps,
    );
    this.track(standardized, count / (count - 1));
    return standardized.value;
  }

  /** The running variance is that of the population the batch was drawn from: with Bessel's correction. */
  private track({ mean, variance }: Standardized, correction: number): void {
    const { momentum, runningMean, runningVariance, batchesTracked } = this;
    const tracked = batchesTracked.item() + 1;
    const share = momentum ?? 1 / tracked;
    const follow = (running: Tensor, statistic: Tensor, factor: number): void => {
      const flat = reshape(statistic.detach(), running.shape);
      running.assign(cast(add(mul(running.detach(), 1 - share), mul(flat, share * factor)), running.dtype));
    };
    noGrad(() => {
      follow(runningMean, mean, 1);
      follow(runningVariance, variance, correction);
    });
    batchesTracked.assign(full([], tracked, "i32"));
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
