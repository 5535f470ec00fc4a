export {
  Adadelta,
  type AdadeltaMemory,
  type AdadeltaOptions,
  type AdadeltaState,
  adadelta,
} from "./adadelta.ts";
export {
  Adagrad,
  type AdagradMemory,
  type AdagradOptions,
  type AdagradState,
  adagrad,
} from "./adagrad.ts";
export { Adam, type AdamMemory, type AdamOptions, type AdamState, adam } from "./adam.ts";
export {
  Adamax,
  type AdamaxMemory,
  type AdamaxOptions,
  type AdamaxState,
  adamax,
} from "./adamax.ts";
export { AdamW, type AdamWOptions, adamw } from "./adamw.ts";
export { ASGD, type ASGDMemory, type ASGDOptions, type ASGDState, asgd } from "./asgd.ts";
export { type BacktrackingOptions, backtracking } from "./backtracking.ts";
export { chain } from "./chain.ts";
export { clipByGlobalNorm, clipByNorm, clipByValue } from "./clip.ts";
export { clipAdaptive } from "./clip-adaptive.ts";
export { clipByPercentile, clipByZScore } from "./clip-by-history.ts";
export { clipByLayer } from "./clip-by-layer.ts";
export type { DescentOptions } from "./descent.ts";
export { elementwise } from "./elementwise.ts";
export { GaussNewton } from "./gauss-newton.ts";
export { GradientDescent, type GradientDescentOptions } from "./gradient-descent.ts";
export { grouped } from "./grouped.ts";
export { LAMB, type LAMBOptions, lamb } from "./lamb.ts";
export { LARS, type LARSMemory, type LARSOptions, type LARSState, lars } from "./lars.ts";
export { LBFGS, type LBFGSOptions, type LBFGSPair, type LBFGSState } from "./lbfgs.ts";
export type { Line, LinePoint, LineSearch } from "./line-search.ts";
export type { Part } from "./links.ts";
export { Lion, type LionMemory, type LionOptions, type LionState, lion } from "./lion.ts";
export { type LookaheadOptions, lookahead } from "./lookahead.ts";
export { type EvaluatingOptimizer, LossOptimizer } from "./loss-optimizer.ts";
export { type Memory, type MemoryRule, type Pace, type Remembered, remembering } from "./memory.ts";
export { Muon, type MuonOptions, muon } from "./muon.ts";
export { NAdam, type NAdamMemory, type NAdamOptions, type NAdamState, nadam } from "./nadam.ts";
export {
  categoricalDivergence,
  type Divergence,
  NaturalGradient,
  type NaturalGradientOptions,
  normalDivergence,
} from "./natural-gradient.ts";
export { Optimizer } from "./optimizer.ts";
export { type OptimizerClass, optimizerClass, type ParameterGroup } from "./optimizer-class.ts";
export { type OrthogonalizeOptions, orthogonalize } from "./orthogonalize.ts";
export { RAdam, type RAdamMemory, type RAdamOptions, type RAdamState, radam } from "./radam.ts";
export {
  RMSprop,
  type RMSpropMemory,
  type RMSpropOptions,
  type RMSpropState,
  rmsprop,
} from "./rmsprop.ts";
export { Rprop, type RpropMemory, type RpropOptions, type RpropState, rprop } from "./rprop.ts";
export { SAM, type SAMOptions } from "./sam.ts";
export { type LearningRateState, scaleByLearningRate, scaleByTrustRatio } from "./scale.ts";
export {
  type LossOfOutputs,
  SecondOrderOptimizer,
  type SecondOrderOptions,
  type SecondOrderState,
} from "./second-order.ts";
export { SGD, type SGDMemory, type SGDOptions, type SGDState, sgd } from "./sgd.ts";
export {
  SparseAdam,
  type SparseAdamMemory,
  type SparseAdamOptions,
  type SparseAdamState,
  sparseAdam,
} from "./sparse-adam.ts";
export { type StrongWolfeOptions, strongWolfe } from "./strong-wolfe.ts";
export type { Element, ElementRule, GradientTransform, Operands, Updates } from "./transform.ts";
export {
  WeightAverage,
  type WeightAverageOptions,
  type WeightAverageState,
} from "./weight-average.ts";
