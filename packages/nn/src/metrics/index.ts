export { accuracy, binaryAccuracy, topAccuracy } from "./accuracy.ts";
export type { ThresholdOptions } from "./classes.ts";
export {
  type AverageOptions,
  confusionMatrix,
  fScore,
  matthewsCorrelation,
  precision,
  recall,
} from "./confusion.ts";
export type { BatchMetric, Metric, Tally, TotalMetric } from "./metric.ts";
export { averagePrecision, rocAuc } from "./ranking.ts";
export { meanAbsoluteError, r2Score, rootMeanSquaredError } from "./regression.ts";
