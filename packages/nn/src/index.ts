export {
  type AdaptiveClipOptions,
  type ClippedUnits,
  clipGradAdaptive,
} from "./clipping/clip-grad-adaptive.ts";
export {
  type ClippedToLimit,
  clipGradPercentile,
  clipGradZScore,
  type PercentileOptions,
  type ZScoreOptions,
} from "./clipping/clip-grad-by-history.ts";
export { type ClipNormOptions, clipGradNorm, clipGradNormPerTensor } from "./clipping/clip-grad-norm.ts";
export { type ClippedLayer, clipGradNormPerLayer } from "./clipping/clip-grad-norm-per-layer.ts";
export { type ClippedValues, clipGradValue } from "./clipping/clip-grad-value.ts";
export type { NonFiniteOptions } from "./clipping/finite.ts";
export {
  type NormHistory,
  type NormMoments,
  normHistory,
  normMoments,
  type PercentileSettings,
  type ZScoreSettings,
} from "./clipping/history.ts";
export type { Clipped } from "./clipping/norms.ts";
export * from "./data/index.ts";
export { constant, ones, zeros } from "./initializers/constant.ts";
export { type CriticalInit, type CriticalOptions, criticalInit } from "./initializers/critical.ts";
export { nextGenerator, setSeed } from "./initializers/default-generator.ts";
export { deltaOrthogonal } from "./initializers/delta-orthogonal.ts";
export { calculateGain, type Nonlinearity } from "./initializers/gain.ts";
export { type DiracOptions, dirac, eye } from "./initializers/identity.ts";
export { type Fans, fansOf, type Initializer, type Slot } from "./initializers/initializer.ts";
export { orthogonal } from "./initializers/orthogonal.ts";
export { type NormalOptions, normal, type UniformOptions, uniform } from "./initializers/random.ts";
export { type SparseOptions, sparse } from "./initializers/sparse.ts";
export { stacked } from "./initializers/stacked.ts";
export { type TruncatedNormalOptions, truncatedNormal } from "./initializers/truncated-normal.ts";
export {
  type FanOptions,
  fanInUniform,
  type GainOptions,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  type VarianceScalingOptions,
  varianceScaling,
  xavierNormal,
  xavierUniform,
} from "./initializers/variance-scaling.ts";
export {
  type ActivationFunction,
  ActivationLayer,
  type ActivationLayerOptions,
} from "./layers/activation-layer.ts";
export * from "./layers/activations/index.ts";
export type {
  AttentionCall,
  AttentionResult,
  MultiheadAttentionOptions,
} from "./layers/attention/attention-options.ts";
export { type AttentionMasks, causalMask, paddingMask } from "./layers/attention/masks.ts";
export { MultiheadAttention } from "./layers/attention/multihead-attention.ts";
export {
  LearnedPositions,
  type LearnedPositionsOptions,
  SinusoidalPositions,
  type SinusoidalPositionsOptions,
} from "./layers/attention/positions.ts";
export { RotaryEmbedding, type RotaryEmbeddingOptions } from "./layers/attention/rotary-embedding.ts";
export {
  Transformer,
  type TransformerMasks,
  type TransformerOptions,
} from "./layers/attention/transformer.ts";
export {
  type DecoderMasks,
  TransformerDecoder,
  TransformerDecoderLayer,
  type TransformerDecoderOptions,
} from "./layers/attention/transformer-decoder.ts";
export {
  type EncoderMasks,
  TransformerEncoder,
  TransformerEncoderLayer,
  type TransformerEncoderOptions,
} from "./layers/attention/transformer-encoder.ts";
export type { TransformerLayerOptions } from "./layers/attention/transformer-layer.ts";
export { Bilinear, type BilinearOptions } from "./layers/bilinear.ts";
export * from "./layers/convolution/index.ts";
export * from "./layers/dropout/index.ts";
export { Embedding, type EmbeddingLayerOptions } from "./layers/embedding/embedding.ts";
export {
  type BagCall,
  EmbeddingBag,
  type EmbeddingBagLayerOptions,
} from "./layers/embedding/embedding-bag.ts";
export type { PretrainedOptions, TableOptions } from "./layers/embedding/table.ts";
export { Highway, type HighwayOptions } from "./layers/highway.ts";
export { Identity } from "./layers/identity.ts";
export { Lambda } from "./layers/lambda.ts";
export { Linear, type LinearOptions } from "./layers/linear.ts";
export { Maxout, type MaxoutOptions } from "./layers/maxout.ts";
export {
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  type BatchNormOptions,
} from "./layers/normalization/batch-norm.ts";
export type { ChannelNormOptions } from "./layers/normalization/channel-norm.ts";
export { GroupNorm, type GroupNormOptions } from "./layers/normalization/group-norm.ts";
export {
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
  type InstanceNormOptions,
} from "./layers/normalization/instance-norm.ts";
export { LayerNorm, type LayerNormOptions } from "./layers/normalization/layer-norm.ts";
export {
  LocalResponseNorm,
  type LocalResponseNormLayerOptions,
} from "./layers/normalization/local-response-norm.ts";
export { RMSNorm, type RMSNormOptions } from "./layers/normalization/rms-norm.ts";
export * from "./layers/padding/index.ts";
export { Parallel, type ParallelOptions } from "./layers/parallel.ts";
export * from "./layers/pooling/index.ts";
export { PReLU, type PReLUOptions } from "./layers/prelu.ts";
export * from "./layers/rearranging/index.ts";
export type { RecurrentCell } from "./layers/recurrent/cell.ts";
export type { CellOptions } from "./layers/recurrent/cell-options.ts";
export { GRU } from "./layers/recurrent/gru.ts";
export { GRUCell } from "./layers/recurrent/gru-cell.ts";
export { LSTM, type LSTMOptions } from "./layers/recurrent/lstm.ts";
export { LSTMCell, type LSTMCellOptions, type LSTMState } from "./layers/recurrent/lstm-cell.ts";
export { type PadSequenceOptions, padSequence } from "./layers/recurrent/pad-sequence.ts";
export type {
  Recurrent,
  RecurrentOptions,
  SequenceOptions,
  Sequences,
} from "./layers/recurrent/recurrent.ts";
export { RNN, type RNNOptions } from "./layers/recurrent/rnn.ts";
export { RNNCell, type RNNCellOptions } from "./layers/recurrent/rnn-cell.ts";
export { Residual, type ResidualOptions } from "./layers/residual.ts";
export { type Layer, Sequential } from "./layers/sequential.ts";
export { type Step, sequential } from "./layers/sequential-of.ts";
export type { WeightOptions } from "./layers/weighted.ts";
export {
  type BinaryLogitsOptions,
  type BinaryOptions,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
} from "./losses/binary-cross-entropy.ts";
export { type CrossEntropyOptions, crossEntropy } from "./losses/cross-entropy.ts";
export { type CtcOptions, ctcLoss, type Lengths } from "./losses/ctc.ts";
export {
  cosineEmbeddingLoss,
  type Distance,
  type TripletNormOptions,
  type TripletOptions,
  tripletMarginLoss,
  tripletMarginWithDistanceLoss,
} from "./losses/embedding.ts";
export {
  type GaussianNllOptions,
  gaussianNllLoss,
  type KlDivOptions,
  klDiv,
  type PoissonNllOptions,
  poissonNllLoss,
} from "./losses/likelihood.ts";
export {
  hingeEmbeddingLoss,
  type MarginOptions,
  type MultilabelOptions,
  marginRankingLoss,
  multilabelSoftMarginLoss,
  softMarginLoss,
} from "./losses/margin.ts";
export { type MultiMarginOptions, multilabelMarginLoss, multiMarginLoss } from "./losses/multi-margin.ts";
export { type NllOptions, nllLoss } from "./losses/nll.ts";
export { type OutputHead, type OutputOptions, outputFor, type Task } from "./losses/output-for.ts";
export type { LossOptions, Reduction } from "./losses/reduction.ts";
export {
  type HuberOptions,
  huberLoss,
  l1Loss,
  mseLoss,
  type SmoothL1Options,
  smoothL1Loss,
} from "./losses/regression.ts";
export * from "./metrics/index.ts";
export { assignGradients } from "./module/assign-gradients.ts";
export { functionalCall, type NamedParameters, parametersOf } from "./module/functional-call.ts";
export { type Initial, weightAndBias } from "./module/initial.ts";
export { type InitializeOptions, initialize } from "./module/initialize.ts";
export { type LsuvLayer, type LsuvOptions, lsuv } from "./module/lsuv.ts";
export { type AnyModule, Module, type ModuleCall, type NamedModule, onCall } from "./module/module.ts";
export {
  MappedParametrization,
  Parametrization,
  parametrizationsOf,
  parametrize,
  removeParametrization,
} from "./module/parametrization.ts";
export { share } from "./module/share.ts";
export type { Stateful } from "./module/stateful.ts";
export { type SummaryInputs, summary } from "./module/summary.ts";
export type { Summary, SummaryRow } from "./module/summary-table.ts";
export * from "./optimizers/index.ts";
export { initializeFromData } from "./parametrizations/initialize-from-data.ts";
export { MaxNorm, type MaxNormOptions, maxNorm } from "./parametrizations/max-norm.ts";
export { Orthogonal, type OrthogonalOptions, orthogonalWeight } from "./parametrizations/orthogonal.ts";
export { SpectralNorm, type SpectralNormOptions, spectralNorm } from "./parametrizations/spectral-norm.ts";
export { WeightNorm, type WeightNormOptions, weightNorm } from "./parametrizations/weight-norm.ts";
export {
  WeightStandardization,
  type WeightStandardizationOptions,
  weightStandardization,
} from "./parametrizations/weight-standardization.ts";
export * from "./saving/index.ts";
export * from "./schedules/index.ts";
export * from "./training/index.ts";
