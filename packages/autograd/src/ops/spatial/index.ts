export {
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  adaptiveAvgPool3d,
} from "./adaptive-average-pooling.ts";
export {
  adaptiveMaxPool1d,
  adaptiveMaxPool1dWithIndices,
  adaptiveMaxPool2d,
  adaptiveMaxPool2dWithIndices,
  adaptiveMaxPool3d,
  adaptiveMaxPool3dWithIndices,
} from "./adaptive-max-pooling.ts";
export { type AffineGridOptions, affineGrid } from "./affine-grid.ts";
export { avgPool1d, avgPool2d, avgPool3d, type MeanPoolingOptions } from "./average-pooling.ts";
export { type ConvolutionOptions, conv1d, conv2d, conv3d } from "./convolution.ts";
export { col2im, type FoldOptions, im2col } from "./fold.ts";
export { type GridSampleOptions, gridSample } from "./grid-sample.ts";
export { type InterpolateOptions, interpolate } from "./interpolate.ts";
export { type LocalResponseNormOptions, localResponseNorm } from "./local-response-norm.ts";
export {
  type MaxPoolingOptions,
  maxPool1d,
  maxPool1dWithIndices,
  maxPool2d,
  maxPool2dWithIndices,
  maxPool3d,
  maxPool3dWithIndices,
} from "./max-pooling.ts";
export { circularPad, type PaddingWidths, reflectionPad, replicationPad } from "./padding.ts";
export { lpPool1d, lpPool2d } from "./power-pooling.ts";
export type { PoolingOptions, TargetExtents } from "./spans.ts";
export {
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  type TransposedConvolutionOptions,
} from "./transposed-convolution.ts";
export { maxUnpool1d, maxUnpool2d, maxUnpool3d, type UnpoolingOptions } from "./unpooling.ts";
export { type WindowOptions, windows } from "./windows.ts";
