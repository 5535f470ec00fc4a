export { type Attention, type AttentionSettings, scaledDotProductAttention } from "./attention.ts";
export { type BatchNormResult, type BatchNormSettings, batchNorm } from "./batch-norm.ts";
export {
  alphaDropout,
  type DropoutSettings,
  dropout,
  featureAlphaDropout,
  featureDropout,
  type UniformSource,
} from "./dropout.ts";
export { groupNorm } from "./group-norm.ts";
export { instanceNorm } from "./instance-norm.ts";
export { type LayerNormSettings, layerNorm, type RmsNormSettings, rmsNorm } from "./layer-norm.ts";
export { bilinear, linear } from "./linear.ts";
export { type MultiHeadProjections, multiHeadAttention, type Projection } from "./multi-head-attention.ts";
export { type NormalizeOptions, normalize } from "./normalize.ts";
export type { RunningStatistics } from "./running.ts";
export { softmaxCrossEntropy } from "./softmax-cross-entropy.ts";
export { type Affine, type Standardized, type StandardizeOptions, standardize } from "./standardize.ts";
