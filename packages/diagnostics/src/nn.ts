export { defaultCandidates, replaceActivation } from "./nn/remedies/activation.ts";
export { reinitialize } from "./nn/remedies/initialization.ts";
export { clipGradients, reduceLearningRate } from "./nn/remedies/optimization.ts";
export { normalizeWeights } from "./nn/remedies/weight-normalization.ts";
export { type OptimizerFactory, type Treatment, treat } from "./nn/treatment.ts";
export { hasLearnt, runTrial, type Trial } from "./nn/trial.ts";
export { remediesFor, type VerifyOptions, verifyRemedies } from "./nn/verify.ts";
