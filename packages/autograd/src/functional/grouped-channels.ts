import type { ChannelNormalization } from "../kernels/normalize-channels.ts";
import { applyMany } from "../op.ts";
import { reshape } from "../ops/movement/movement.ts";
import { sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { standardizeOp, type Way } from "./standardize.ts";

const perGroup = (channels: number, groups: number): number => (groups === 0 ? 0 : channels / groups);

/** [examples, channels, ...] as [examples, groups, channels of a group, the rest]: what rules are written in. */
export function grouped(x: Tensor, { groups }: ChannelNormalization): Tensor {
  const [examples, channels] = x.shape;
  return reshape(x, [examples, groups, perGroup(channels, groups), sizeOf(x.shape.slice(2))]);
}

/** One number a channel, or such for each example of vmap, ready to broadcast over what is grouped. */
export function ofChannels(values: Tensor, { groups }: ChannelNormalization): Tensor {
  const channels = values.shape[values.rank - 1];
  return reshape(values, [...values.shape.slice(0, -1), 1, groups, perGroup(channels, groups), 1]);
}

/** Statistics as they come out, [groups] or [examples, groups], kept with extent 1 along what they are of. */
export const spread = (x: Tensor, { groups, overBatch }: ChannelNormalization): Tensor =>
  reshape(x, [overBatch ? 1 : x.shape[0], groups, 1, 1]);

export const statisticShape = (examples: number, { groups, overBatch }: ChannelNormalization): number[] =>
  overBatch ? [groups] : [examples, groups];

const wayOf = ({ overBatch }: ChannelNormalization): Way => ({
  axes: overBatch ? [0, 2, 3] : [2, 3],
  centred: true,
});

/** Value and 1/√(variance + eps), as differentiable functions of x, and the way they were come by. */
export function standardized(x: Tensor, how: ChannelNormalization): { v: Tensor; r: Tensor; way: Way } {
  const way = wayOf(how);
  const [v, , , r] = applyMany(standardizeOp, [grouped(x, how)], { ...way, eps: how.eps });
  return { v, r, way };
}

/** [size, examples, ...] for each example of vmap, grouped. */
export function groupedAll(x: Tensor, { groups }: ChannelNormalization): Tensor {
  const [size, examples, channels, ...rest] = x.shape;
  return reshape(x, [size, examples, groups, perGroup(channels, groups), sizeOf(rest)]);
}

/** The same for each example of vmap. */
export function standardizedAll(x: Tensor, how: ChannelNormalization) {
  const axes = wayOf(how).axes.map((axis) => axis + 1);
  const way: Way = { axes, centred: true };
  const [v, ...statistics] = applyMany(standardizeOp, [groupedAll(x, how)], { ...way, eps: how.eps });
  return { v, statistics, way };
}
