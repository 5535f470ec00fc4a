import { ShapeError } from "../errors.ts";
import { reshape } from "../ops/movement/index.ts";
import { sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { affineAlongChannels, normalizeChannels } from "./channels.ts";
import type { LayerNormSettings } from "./layer-norm.ts";
import { applyAffine, standardize } from "./standardize.ts";

/**
 * Gives each group of channels of each example mean 0 and variance 1, then applies weight and bias, one number a channel.
 *
 * @param x      [batch, channels, ...]
 * @param groups how many; divides the channels
 * @throws ShapeError if it does not
 * @see Wu, He 2018, "Group normalization"; torch.nn.functional.group_norm
 * @example
 * groupNorm(tensor([[1, 3, 10, 30]]), 2, { eps: 0 }); // [[-1, 1, -1, 1]]
 */
export function groupNorm(
  x: Tensor,
  groups: number,
  { eps = 1e-5, ...affine }: LayerNormSettings = {},
): Tensor {
  const [batch, channels] = x.shape;
  if (x.rank < 2 || !(groups > 0) || channels % groups !== 0)
    throw new ShapeError(
      "groupNorm",
      [x.shape],
      `expected [batch, channels, ...] with channels that ${groups} groups divide`,
    );
  const across = sizeOf(x.shape.slice(2));
  if (across >= leastAcross)
    return normalizeChannels("groupNorm", x, affine, { groups, overBatch: false, eps }).value;
  const grouped = reshape(x, [batch, groups, (channels / groups) * across]);
  const { value } = standardize(grouped, { axis: 2, eps });
  return applyAffine(reshape(value, x.shape), affineAlongChannels("groupNorm", affine, x));
}

/** With fewer numbers a channel of an example it is faster to standardize a group as one. */
const leastAcross = 32;
