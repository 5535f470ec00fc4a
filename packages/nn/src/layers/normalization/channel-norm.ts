import {
  cast,
  full,
  parameter,
  type RunningStatistics,
  type Shape,
  ShapeError,
  type Tensor,
} from "@isograd/autograd";
import { ones, zeros } from "../../initializers/constant.ts";
import type { Initial } from "../../module/initial.ts";
import { Module } from "../../module/module.ts";
import { checkExtent } from "../extent.ts";

export interface ChannelNormOptions {
  /** How many channels (axis 1). */
  readonly numFeatures: number;
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
  /** Whether to learn a scale and a shift for each channel. */
  readonly affine?: boolean;
  /** Whether to keep mean and variance over many batches, by which to normalise in evaluation. */
  readonly trackRunningStats?: boolean;
  /** Default `f32`. */
  readonly dtype?: "f32" | "f64";
}

/** What a normalisation of channels takes: shapes in words, and how many axes they have. */
export interface Accepts {
  readonly shapes: string;
  readonly ranks: readonly number[];
}

/** Gives channels mean 0 and variance 1, and may learn a scale and a shift for each, and remember what it saw. */
export abstract class ChannelNorm extends Module {
  readonly numFeatures: number;
  readonly eps: number;
  readonly weight: Tensor | null;
  readonly bias: Tensor | null;
  readonly runningMean: Tensor | null;
  readonly runningVariance: Tensor | null;
  readonly batchesTracked: Tensor | null;
  protected abstract get accepts(): Accepts;

  /**
   * @param name   of the layer, for errors
   * @param usual whether it learns and remembers where the options do not say
   */
  constructor(
    protected readonly name: string,
    options: ChannelNormOptions,
    usual: boolean,
  ) {
    super();
    const { numFeatures, eps = 1e-5, affine = usual, trackRunningStats = usual, dtype = "f32" } = options;
    this.numFeatures = checkExtent(name, "numFeatures", numFeatures);
    this.eps = eps;
    const shape = [numFeatures];
    this.weight = affine ? parameter(full(shape, 1, dtype)) : null;
    this.bias = affine ? parameter(full(shape, 0, dtype)) : null;
    this.runningMean = trackRunningStats ? full(shape, 0, dtype) : null;
    this.runningVariance = trackRunningStats ? full(shape, 1, dtype) : null;
    this.batchesTracked = trackRunningStats ? full([], 0, "i32") : null;
  }

  protected get running(): RunningStatistics | null {
    const { runningMean: mean, runningVariance: variance } = this;
    return mean === null || variance === null ? null : { mean, variance };
  }

  /** Binds the running statistics to those after a batch. */
  protected remember({ mean, variance }: RunningStatistics): void {
    this.runningMean?.assign(cast(mean.detach(), this.runningMean.dtype));
    this.runningVariance?.assign(cast(variance.detach(), this.runningVariance.dtype));
  }

  /** @throws ShapeError unless x is what the layer takes, with its channels on the axis given */
  protected check(x: Tensor, channelAxis: number): void {
    const { numFeatures, name } = this;
    const { shapes, ranks } = this.accepts;
    if (!ranks.includes(x.rank) || x.shape[channelAxis] !== numFeatures)
      throw new ShapeError(name, [x.shape], `expected ${shapes} with ${numFeatures} channels`);
  }

  override initials(): Readonly<Record<string, Initial>> {
    const learnt = channelInitials(this.weight, this.bias);
    if (this.runningMean === null) return learnt;
    const { shape, dtype } = this.runningMean as { shape: Shape; dtype: "f32" | "f64" };
    return {
      ...learnt,
      runningMean: { role: "fixed", shape, dtype, initializer: zeros },
      runningVariance: { role: "fixed", shape, dtype, initializer: ones },
      batchesTracked: { role: "fixed", shape: [], initializer: () => full([], 0, "i32") },
    };
  }
}

/** How the scale and the shift of a normalisation begin. */
export function channelInitials(
  weight: Tensor | null,
  bias: Tensor | null,
): Readonly<Record<string, Initial>> {
  const begin = ({ shape, dtype }: Tensor, initializer: Initial["initializer"]): Initial => ({
    role: "fixed",
    shape,
    dtype: dtype as "f32" | "f64",
    initializer,
  });
  return {
    ...(weight !== null && { weight: begin(weight, ones) }),
    ...(bias !== null && { bias: begin(bias, zeros) }),
  };
}
