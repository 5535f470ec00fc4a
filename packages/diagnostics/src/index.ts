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
export type { FlowLayer, FlowProfile, FlowStep, HealthyFlow } from "./flow/profile.ts";
export { attachRemedies, type Remedy, type VerifiedRemedy } from "./remedy.ts";
export { formatDiagnosis, formatFinding } from "./report/text.ts";
export type { Batch, Loss, Model } from "./trace/trace.ts";
export { type WatchedStep, Watcher, type WatchOptions, watch } from "./watch/watcher.ts";
