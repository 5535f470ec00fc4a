export { chainedLR, sequentialLR, type WarmupOptions, warmup } from "./compose.ts";
export {
  type CosineAnnealingLROptions,
  type CosineAnnealingWarmRestartsOptions,
  cosineAnnealingLR,
  cosineAnnealingWarmRestarts,
} from "./cosine.ts";
export {
  type CycleShape,
  type CyclicLROptions,
  type CyclicMomentumOptions,
  cyclicLR,
  cyclicMomentum,
} from "./cyclic.ts";
export {
  type ExponentialLROptions,
  exponentialLR,
  type LinearLROptions,
  linearLR,
  type PolynomialLROptions,
  polynomialLR,
} from "./decay.ts";
export { lambdaLR, multiplicativeLR } from "./lambda.ts";
export {
  type OneCycleLROptions,
  type OneCycleMomentumOptions,
  type OneCycleShape,
  oneCycleLR,
  oneCycleMomentum,
} from "./one-cycle.ts";
export {
  type ConstantLROptions,
  constantLR,
  type MultiStepLROptions,
  multiStepLR,
  type StepLROptions,
  stepLR,
} from "./piecewise.ts";
export {
  type PlateauState,
  ReduceLROnPlateau,
  type ReduceLROnPlateauOptions,
} from "./reduce-lr-on-plateau.ts";
export type { Schedulable } from "./schedulable.ts";
export type { Schedule } from "./schedule.ts";
export { Scheduler, type SchedulerState, type Schedules } from "./scheduler.ts";
