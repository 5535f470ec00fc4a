export { ChannelShuffle } from "./channel-shuffle.ts";
export { Flatten, type FlattenOptions } from "./flatten.ts";
export { Fold, type FoldLayerOptions, Unfold } from "./fold.ts";
export { PixelShuffle, PixelUnshuffle } from "./pixel-shuffle.ts";
export { Unflatten, type UnflattenOptions } from "./unflatten.ts";
export { Upsample, UpsamplingBilinear2d, UpsamplingNearest2d } from "./upsample.ts";
