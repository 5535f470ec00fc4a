export { adviseActivation, type ModuleAdviceOptions } from "./nn/advise/advise.ts";
export { swapGates } from "./nn/advise/swap-gates.ts";
export type { MakeOptimizer } from "./nn/advise/train.ts";
export { defaultCandidates, replaceActivation } from "./nn/remedies/activation.ts";
export {
  denormalizeBatches,
  insertBatchNorm,
  normalizeBatches,
  removeBatchNorm,
} from "./nn/remedies/batch-normalization.ts";
export { clipGradients, stopClipping } from "./nn/remedies/clipping.ts";
export { reduceDepth, removeLayers } from "./nn/remedies/depth.ts";
export { reinitialize } from "./nn/remedies/initialization.ts";
export { addActivations, insertActivations } from "./nn/remedies/insert-activations.ts";
export { scaleLearningRate } from "./nn/remedies/learning-rate.ts";
export { changeOptimizer } from "./nn/remedies/optimizer.ts";
export { changeOutput, fitOutput } from "./nn/remedies/output.ts";
export { scaleResiduals } from "./nn/remedies/residual-scale.ts";
export { addShortcuts, insertShortcuts } from "./nn/remedies/shortcuts.ts";
export { swapActivations } from "./nn/remedies/swap-activations.ts";
export { normalizeWeights } from "./nn/remedies/weight-normalization.ts";
export { remediesFor } from "./nn/remedies-for.ts";
export { type OptimizerFactory, optimizerOf, type Treatment, treat } from "./nn/treatment.ts";
export { hasLearnt, runTrial, type Trial } from "./nn/trial.ts";
export { type Found, type VerifyOptions, verifyRemedies } from "./nn/verify.ts";
