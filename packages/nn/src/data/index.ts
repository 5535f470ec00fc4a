export { Batches, type BatchOptions, batches } from "./batches.ts";
export { Classes, classesOf } from "./classes.ts";
export { type Field, type Stacked, type StackOptions, stackRows } from "./collate.ts";
export type { Batch, Column, Dataset } from "./dataset.ts";
export type { Extents, ImageTransform } from "./images/image-transform.ts";
export {
  type RandomCropOptions,
  type RandomShiftOptions,
  randomCrop,
  randomShift,
} from "./images/random-crop.ts";
export { type RandomFlipOptions, randomHorizontalFlip, randomVerticalFlip } from "./images/random-flip.ts";
export { type RandomRotationOptions, randomRotation } from "./images/random-rotation.ts";
export { checkLabels, type Label, type LabelChecks, type Labels } from "./labels.ts";
export { type LengthSamplerOptions, lengthSampler } from "./length-sampler.ts";
export {
  type BatchTransform,
  type MapBatchesOptions,
  type MappedBatches,
  type MappedState,
  mapBatches,
} from "./map-batches.ts";
export { type Padded, type PadOptions, padRows } from "./pad-rows.ts";
export type { PassState } from "./passes.ts";
export {
  type AbortNotice,
  type Prefetched,
  type PrefetchOptions,
  type PrefetchState,
  prefetch,
} from "./prefetch.ts";
export { type RowBatches, type RowBatchOptions, rowBatches } from "./row-batches.ts";
export type { OrderOptions } from "./row-order.ts";
export type { RowStream } from "./row-stream.ts";
export { mapRows, type RowDataset, type Rows } from "./rows.ts";
export type { Sampler } from "./sampler.ts";
export {
  Normalizer,
  type NormalizerOptions,
  type NormalizerState,
  normalizer,
} from "./scaling/normalizer.ts";
export type { AnyIterable, Source } from "./source.ts";
export { type FoldOptions, type FoldRows, kFold } from "./splits/k-fold.ts";
export type { SplitPart } from "./splits/part-sizes.ts";
export { type SplitOptions, splitDataset, splitRows } from "./splits/split.ts";
export {
  type StreamBatches,
  type StreamBatchOptions,
  streamBatches,
} from "./stream-batches.ts";
export { type AnyData, concatDatasets, subset } from "./subset.ts";
export { balancedSampler, type WeightedOptions, weightedSampler } from "./weighted-sampler.ts";
