import { ArgumentError, full, groupNorm, parameter, ShapeError, type Tensor } from "@isograd/autograd";
import type { Initial } from "../../module/initial.ts";
import { Module } from "../../module/module.ts";
import { checkExtent } from "../extent.ts";
import { channelInitials } from "./channel-norm.ts";

export interface GroupNormOptions {
  /** How many groups the channels are split into. */
  readonly numGroups: number;
  /** How many channels (axis 1). */
  readonly numChannels: number;
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
  /** Whether to learn a scale and a shift for each channel; default true. */
  readonly affine?: boolean;
  /** Default `f32`. */
  readonly dtype?: "f32" | "f64";
}

/**
 * Gives each group of channels of each example mean 0 and variance 1, then each channel a learnt scale and shift.
 *
 * [batch, numChannels, ...] -> the same; weight and bias [numChannels].
 *
 * @throws ArgumentError unless the groups divide the channels; ShapeError when called, if the channels do not fit
 * @see Wu, He 2018, "Group normalization"; torch.nn.GroupNorm
 * @example
 * new GroupNorm({ numGroups: 2, numChannels: 4 }).call(tensor([[1, 3, 10, 30]])); // [[-1.0000, 1.0000, -1.0000, 1.0000]]
 */
export class GroupNorm extends Module {
  readonly numGroups: number;
  readonly numChannels: number;
  readonly eps: number;
  readonly weight: Tensor | null;
  readonly bias: Tensor | null;

  constructor({ numGroups, numChannels, eps = 1e-5, affine = true, dtype = "f32" }: GroupNormOptions) {
    super();
    this.numGroups = checkExtent("GroupNorm", "numGroups", numGroups);
    this.numChannels = checkExtent("GroupNorm", "numChannels", numChannels);
    if (numChannels % numGroups !== 0)
      throw new ArgumentError("GroupNorm", `expected groups that divide ${numChannels} channels`, numGroups);
    this.eps = eps;
    this.weight = affine ? parameter(full([numChannels], 1, dtype)) : null;
    this.bias = affine ? parameter(full([numChannels], 0, dtype)) : null;
  }

  forward(x: Tensor): Tensor {
    const { numGroups, numChannels, weight, bias, eps } = this;
    if (x.rank < 2 || x.shape[1] !== numChannels)
      throw new ShapeError("groupNorm", [x.shape], `expected [batch, ${numChannels}, ...]`);
    return groupNorm(x, numGroups, { weight, bias, eps });
  }

  override initials(): Readonly<Record<string, Initial>> {
    return channelInitials(this.weight, this.bias);
  }
}
