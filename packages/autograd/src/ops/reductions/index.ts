export type { KeepDims, Picked } from "./axis.ts";
export { type BincountOptions, bincount } from "./bincount.ts";
export { type DiffOptions, diff } from "./difference.ts";
export {
  type CosineSimilarityOptions,
  cdist,
  cosineSimilarity,
  dist,
  type PairwiseDistanceOptions,
  pairwiseDistance,
  pdist,
} from "./distance.ts";
export { aminmax, max, min } from "./extremum.ts";
export { type GradientOptions, gradient } from "./gradient.ts";
export { nanmean, nansum } from "./ignoring-nan.ts";
export { logcumsumexp } from "./logcumsumexp.ts";
export { logsumexp } from "./logsumexp.ts";
export { median, medianAlong, nanmedian, nanmedianAlong } from "./median.ts";
export { type NormOptions, norm, type VectorNormOptions, vectorNorm } from "./norm.ts";
export { kthvalue, mode, type TopkOptions, topk } from "./order-statistics.ts";
export { argmax, argmin, maxAlong, minAlong } from "./position.ts";
export { prod } from "./prod.ts";
export { nanquantile, type QuantileOptions, quantile } from "./quantile.ts";
export { mean, type ReduceOptions, sum, sumTo } from "./reduce.ts";
export { renorm } from "./renorm.ts";
export { cummax, cummin, cumprod, cumsum } from "./scan.ts";
export { bucketize, type SearchOptions, searchsorted } from "./search.ts";
export { argsort, msort, type SortOptions, sort } from "./sort.ts";
export { trace } from "./trace.ts";
export { cumulativeTrapezoid, type TrapezoidOptions, trapezoid } from "./trapezoid.ts";
export { all, any, countNonzero } from "./truth.ts";
export { std, stdMean, type VarianceOptions, variance, varMean } from "./variance.ts";
export { vecdot } from "./vecdot.ts";
