import { reshape, ShapeError, type Tensor, transpose } from "@isograd/autograd";
import { Module } from "../../module/module.ts";
import { checkExtent } from "../extent.ts";

/**
 * Deals the channels of groups out in turn, so that the next grouped layer sees some of each: [batch, channels, ...] -> the same.
 *
 * @throws ArgumentError unless groups is a positive integer; ShapeError when called, unless it divides the channels
 * @see Zhang et al. 2018, "ShuffleNet"; torch.nn.ChannelShuffle
 * @example
 * new ChannelShuffle({ groups: 2 }).call(tensor([[[1], [2], [3], [4]]])); // [[[1], [3], [2], [4]]]
 */
export class ChannelShuffle extends Module {
  readonly groups: number;

  constructor({ groups }: { readonly groups: number }) {
    super();
    this.groups = checkExtent("ChannelShuffle", "groups", groups);
  }

  forward(x: Tensor): Tensor {
    const { groups } = this;
    const [batch, channels, ...rest] = x.shape;
    if (x.rank < 2 || channels % groups !== 0) {
      const rule = `expected [batch, channels, ...], channels a multiple of ${groups}`;
      throw new ShapeError("ChannelShuffle", [x.shape], rule);
    }
    return reshape(transpose(reshape(x, [batch, groups, channels / groups, ...rest]), 1, 2), x.shape);
  }
}
