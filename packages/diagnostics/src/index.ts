export type { Advice, AdviceCost, AdvisedActivation } from "./advise/advice.ts";
export { adviseActivation } from "./advise/advise.ts";
export { adviceCandidates, type Candidate, fittingVariance, inputsPerUnit } from "./advise/candidate.ts";
export type { Step } from "./advise/contestant.ts";
export type { AdviceOptions, Blueprint, FactoryOptions, ModelFactory } from "./advise/options.ts";
export { type DiagnoseOptions, diagnose } from "./diagnose.ts";
export type { Diagnosis, UnitReport } from "./diagnosis.ts";
export {
  type Cause,
  type Fault,
  type Finding,
  type FindingRemedy,
  gravest,
  type Severity,
} from "./finding.ts";
export type {
  FlowLayer,
  FlowPart,
  FlowProfile,
  FlowStep,
  HealthyFlow,
  HealthySlope,
  Recurrence,
} from "./flow/profile.ts";
export * from "./instruments/index.ts";
export type { LintLayer } from "./lint/layers.ts";
export { type LintOptions, type LintReport, lint } from "./lint/lint.ts";
export { attachRemedies, type Remedy, type VerifiedRemedy } from "./remedy.ts";
export { type FlowChartOptions, type FlowPaint, formatFlow } from "./report/flow-chart.ts";
export { formatHeatMap, type HeatMapOptions } from "./report/heat-map-text.ts";
export { findingCard } from "./report/html/finding-card.ts";
export { htmlReport, type ReportContents } from "./report/html/page.ts";
export { reportStyle } from "./report/html/style.ts";
export type { Json } from "./report/json/codec.ts";
export { decodeFinding, encodeFinding } from "./report/json/finding.ts";
export { decodeRecord, encodeRecord, jsonLines, type RunRecord } from "./report/json/record.ts";
export { formatDiagnosis, formatFinding } from "./report/text.ts";
export { bornDeadBound, type GradientLaw, gradientLaw, sumOfInverseWidths } from "./theory/finite-width.ts";
export {
  depthScale,
  type MeanField,
  meanField,
  type WeightLaw,
  type WithFacts,
} from "./theory/mean-field.ts";
export { type ResidualFlow, type ResidualLaw, residualFlow } from "./theory/residual.ts";
export type { Batch, Loss, Model } from "./trace/trace.ts";
export type { WatchOptions } from "./watch/options.ts";
export { logRun, type RunLog, type Watched, type WatchedStep } from "./watch/run-log.ts";
export { Watcher, watch } from "./watch/watcher.ts";
