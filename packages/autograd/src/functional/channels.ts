import { ones, zeros } from "../create.ts";
import { promote, toFloating } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import type { ChannelNormalization } from "../kernels/normalize-channels.ts";
import { applyMany } from "../op.ts";
import { cast } from "../ops/elementwise/index.ts";
import { alongAxis } from "../ops/movement/movement.ts";
import type { Tensor } from "../tensor.ts";
import { channelNormOp } from "./channel-norm.ts";
import type { Affine, Standardized } from "./standardize.ts";

/** Channels are the second axis; a vector is one example, all channels. */
export const channelAxis = (x: Tensor): number => (x.rank > 1 ? 1 : 0);

/** One number a channel, ready to broadcast over `x`. @throws ShapeError unless there are as many as channels */
export function alongChannels(operation: string, values: Tensor, x: Tensor): Tensor {
  const axis = channelAxis(x);
  if (values.rank !== 1 || values.size !== x.shape[axis])
    throw new ShapeError(
      operation,
      [x.shape, values.shape],
      `expected one number for each channel, axis ${axis}`,
    );
  return alongAxis(values, axis, x.rank);
}

/** Weight and bias of the channels, ready to broadcast over `x`. */
export function affineAlongChannels(operation: string, { weight, bias }: Affine, x: Tensor): Affine {
  return {
    weight: weight && alongChannels(operation, weight, x),
    bias: bias && alongChannels(operation, bias, x),
  };
}

/**
 * Channels or groups of them standardized, then weighed and shifted, in one operation.
 *
 * @param x [examples, channels, ...]
 * @returns the statistics are [groups], or [examples, groups] where examples are standardized apart
 * @throws ShapeError unless there are as many weights and biases as channels
 */
export function normalizeChannels(
  operation: string,
  x: Tensor,
  { weight, bias }: Affine,
  how: ChannelNormalization,
): Standardized {
  affineAlongChannels(operation, { weight, bias }, x);
  const dtype = [weight, bias].reduce(
    (common, given) => (given ? promote(common, given.dtype) : common),
    toFloating(x.dtype),
  );
  const channels = [x.shape[1]];
  const [value, mean, variance, rstd] = applyMany(
    channelNormOp,
    [
      cast(x, dtype),
      cast(weight ?? ones(channels, dtype), dtype),
      cast(bias ?? zeros(channels, dtype), dtype),
    ],
    how,
  );
  return { value, mean, variance, rstd };
}
