import type { Remedy } from "../remedy.ts";
import type { AnyActivation } from "../trace/network.ts";
import { defaultCandidates, replaceActivation } from "./remedies/activation.ts";
import { denormalizeBatches, normalizeBatches } from "./remedies/batch-normalization.ts";
import { clipGradients, stopClipping } from "./remedies/clipping.ts";
import { reduceDepth } from "./remedies/depth.ts";
import { reinitialize } from "./remedies/initialization.ts";
import { addActivations } from "./remedies/insert-activations.ts";
import { scaleLearningRate } from "./remedies/learning-rate.ts";
import { changeOptimizer } from "./remedies/optimizer.ts";
import { fitOutput } from "./remedies/output.ts";
import { scaleResiduals } from "./remedies/residual-scale.ts";
import { addShortcuts } from "./remedies/shortcuts.ts";
import { normalizeWeights } from "./remedies/weight-normalization.ts";
import type { Treatment } from "./treatment.ts";

/**
 * The remedies that suit a network with this activation: of the network first, then of its output, then of its steps.
 *
 * @example
 * const names = remediesFor(sigmoid, [tanh]).map(({ name }) => name);
 * names.filter((name) => name.startsWith("activation")).length; // 2
 * names.includes("weight normalization"); // true
 */
export function remediesFor(
  activation: AnyActivation | null,
  candidates: readonly AnyActivation[] = defaultCandidates,
): Remedy<Treatment>[] {
  const swaps =
    activation === null
      ? addActivations(candidates)
      : [...replaceActivation(activation, candidates), ...denormalizeBatches(activation)];
  return [
    ...reinitialize(activation),
    ...swaps,
    normalizeWeights(),
    normalizeBatches(),
    scaleResiduals(),
    ...addShortcuts(),
    ...reduceDepth(),
    ...fitOutput(),
    ...scaleLearningRate(),
    ...clipGradients(),
    stopClipping(),
    ...changeOptimizer(),
  ];
}

/** What of the steps is tried on top of the best remedies of the network. */
export const stepsBeside = (): Remedy<Treatment>[] => [
  ...scaleLearningRate([0.1, 10, 0.01, 100]),
  ...changeOptimizer(),
];
