import type { Module } from "@isograd/nn";
import type { Advice } from "../../advise/advice.ts";
import { adviseActivation as adviseFactory } from "../../advise/advise.ts";
import type { AdviceOptions } from "../../advise/options.ts";
import type { Batch, Loss, Model } from "../../trace/trace.ts";
import { codeFor } from "./code.ts";
import { type MakeOptimizer, stepsOf } from "./train.ts";
import { withCandidate } from "./with-candidate.ts";

export interface ModuleAdviceOptions extends AdviceOptions {
  /** Makes the optimizer of a clone: for the two ways that train. */
  readonly optimizer?: MakeOptimizer;
}

/**
 * Says which activation a model is to have behind its hidden layers, in one of four ways; on clones, the model stays as it is.
 *
 * Each candidate stands in for what is between the layers, the output's own stays, with weights drawn for it; a gate doubles the linear layer in
 * front of it. The ways are those of `adviseActivation` of the main entry.
 *
 * @param data batches in the order of training; by `model` only the shapes of the first one count
 * @throws ArgumentError without data or activations between layers, or without what a way needs: an `optimizer` for those that train
 * @example
 * import { adviseActivation as advise } from "@isograd/diagnostics/nn";
 * const candidates = [sigmoid, tanh, relu];
 * const byTheory = advise(model, [batch], crossEntropy, { by: "model", candidates });
 * byTheory.ranking.map(({ name }) => name).at(-1); // "sigmoid"
 * const optimizer: MakeOptimizer = ({ model: own }) => new Adam(own.parameters(), { learningRate: 0.01 });
 * const byTrial = advise(model, trialBatches, crossEntropy, { by: "competition", candidates, optimizer });
 * byTrial.ranking.map(({ name }) => name).at(-1); // "sigmoid"
 * byTrial.ranking[0].code.split("\n").length; // 2
 */
export function adviseActivation(
  model: Module,
  data: readonly Batch[],
  loss: Loss,
  options: ModuleAdviceOptions,
): Advice {
  const { optimizer } = options;
  const advice = adviseFactory(
    (candidate, blueprint) => withCandidate(model, candidate, blueprint),
    data,
    loss,
    {
      ...options,
      ...(optimizer && { train: (own: Model) => stepsOf(own as Module, loss, optimizer) }),
    },
  );
  return {
    ...advice,
    ranking: advice.ranking.map((advised) => ({ ...advised, code: codeFor(advised.candidate) })),
  };
}
