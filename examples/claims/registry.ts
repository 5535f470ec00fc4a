import { activationByProblem } from "./activation-by-problem.ts";
import { activationSetsGradient } from "./activation-sets-gradient.ts";
import { adaptiveActivations } from "./adaptive-activations.ts";
import { adaptiveGradients } from "./adaptive-gradients.ts";
import { amplifiedGradient } from "./amplified-gradient.ts";
import { choiceByLotOrCompetition } from "./choice-by-lot-or-competition.ts";
import { choiceByModelOrData } from "./choice-by-model-or-data.ts";
import type { Claim } from "./claim.ts";
import { clippingCures } from "./clipping.ts";
import { codeExample } from "./code-example.ts";
import { costOfRemedies } from "./cost-of-remedies.ts";
import { dataSize } from "./data-size.ts";
import { descentFails } from "./descent-fails.ts";
import { differentiable } from "./differentiable.ts";
import { dynamicSteps } from "./dynamic-steps.ts";
import { formulas } from "./formulas.ts";
import { gatedActivations } from "./gated-activations.ts";
import { higherOrder } from "./higher-order.ts";
import { largeOutputs } from "./large-outputs.ts";
import { leakyReluCures } from "./leaky-relu.ts";
import { nonLinear } from "./non-linear.ts";
import { outputByProblem } from "./output-by-problem.ts";
import { outputsNearZeroOrOne } from "./outputs-near-zero-or-one.ts";
import { overflow } from "./overflow.ts";
import { reluExplodes } from "./relu-explodes.ts";
import { reluInsteadOfSigmoid } from "./relu-instead-of-sigmoid.ts";
import { reluNeverVanishes } from "./relu-never-vanishes.ts";
import { severalLayers } from "./several-layers.ts";
import { sigmoidTanhVanish } from "./sigmoid-tanh-vanish.ts";
import { stochasticDescent } from "./stochastic-descent.ts";
import { unsuitableActivation } from "./unsuitable-activation.ts";
import { weightNormalizationCures } from "./weight-normalization.ts";
import { zeroOutput } from "./zero-output.ts";

/** All claims in the order of the article, by the names of their files. */
export const claims: Readonly<Record<string, Claim>> = {
  "several-layers": severalLayers,
  "activation-sets-gradient": activationSetsGradient,
  "large-outputs": largeOutputs,
  "descent-fails": descentFails,
  "outputs-near-zero-or-one": outputsNearZeroOrOne,
  differentiable: differentiable,
  "non-linear": nonLinear,
  "activation-by-problem": activationByProblem,
  "amplified-gradient": amplifiedGradient,
  "weight-normalization": weightNormalizationCures,
  clipping: clippingCures,
  "leaky-relu": leakyReluCures,
  formulas: formulas,
  "output-by-problem": outputByProblem,
  "sigmoid-tanh-vanish": sigmoidTanhVanish,
  "relu-explodes": reluExplodes,
  "code-example": codeExample,
  "zero-output": zeroOutput,
  "relu-never-vanishes": reluNeverVanishes,
  "relu-instead-of-sigmoid": reluInsteadOfSigmoid,
  "higher-order": higherOrder,
  "adaptive-gradients": adaptiveGradients,
  "stochastic-descent": stochasticDescent,
  "dynamic-steps": dynamicSteps,
  "adaptive-activations": adaptiveActivations,
  "gated-activations": gatedActivations,
  "cost-of-remedies": costOfRemedies,
  "choice-by-model-or-data": choiceByModelOrData,
  "choice-by-lot-or-competition": choiceByLotOrCompetition,
  "unsuitable-activation": unsuitableActivation,
  overflow: overflow,
  "data-size": dataSize,
};
