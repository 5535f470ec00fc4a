import { ShapeError } from "../errors.ts";
import { alongAxis } from "../ops/movement/movement.ts";
import type { Tensor } from "../tensor.ts";
import type { Affine } from "./standardize.ts";

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
