import { ArgumentError } from "@isograd/autograd";
import type { Module } from "@isograd/nn";
import type { Diagnosis } from "../diagnosis.ts";
import type { Remedy, VerifiedRemedy } from "../remedy.ts";
import { aside } from "../trace/aside.ts";
import type { AnyActivation } from "../trace/network.ts";
import { type Batch, type Loss, trace } from "../trace/trace.ts";
import { defaultCandidates, replaceActivation } from "./remedies/activation.ts";
import { reinitialize } from "./remedies/initialization.ts";
import { clipGradients, reduceLearningRate } from "./remedies/optimization.ts";
import { normalizeWeights } from "./remedies/weight-normalization.ts";
import type { OptimizerFactory, Treatment } from "./treatment.ts";
import { Trials } from "./trials.ts";

export interface VerifyOptions {
  /** Makes the optimizer of the trial steps. */
  readonly optimizer: OptimizerFactory;
  /** One trial step a batch; a few dozen are enough. */
  readonly batches: readonly Batch[];
  /** Of what is drawn; default 0. */
  readonly seed?: number | string;
  /** In place of those that follow from the network; default: initialisation, activation, weight normalization, clipping, learning rate. */
  readonly remedies?: readonly Remedy<Treatment>[];
  /** The activations to offer. */
  readonly candidates?: readonly AnyActivation[];
  /** Called before each remedy is tried. */
  readonly onTrial?: (name: string, index: number, count: number) => void;
}

/**
 * The remedies that suit a network with this activation.
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
  const flow =
    activation === null ? [] : [...reinitialize(activation), ...replaceActivation(activation, candidates)];
  return [...flow, normalizeWeights(), ...clipGradients(), ...reduceLearningRate()];
}

/**
 * Tries each remedy that claims to cure what was found on a clone of the model, and judges it by the measure of that fault.
 *
 * What changes the network is diagnosed again and must come out healthy; then a few training steps rank it. What changes the steps only
 * (clipping, learning rate) must, within those steps, teach the clone to tell its examples apart, and better than the steps alone do. The model
 * itself does not change.
 *
 * @returns those that passed first, the lowest trial loss leading; those that failed behind, with the reason
 * @throws ArgumentError without batches for the trial steps
 * @example
 * const optimizer: OptimizerFactory = ({ model: own }) => new Adam(own.parameters(), { learningRate: 0.01 });
 * const options = { optimizer, batches: trialBatches, remedies: replaceActivation(sigmoid, [tanh]) };
 * const [best] = verifyRemedies(model, batch, crossEntropy, diagnosis, options);
 * [best.passed, best.remedy.name]; // [true, "activation: tanh, initialization: criticalInit(tanh)"]
 */
export function verifyRemedies(
  model: Module,
  batch: Batch,
  loss: Loss,
  diagnosis: Pick<Diagnosis, "findings">,
  options: VerifyOptions,
): VerifiedRemedy<Treatment>[] {
  const { seed = 0, candidates, onTrial, batches, optimizer } = options;
  if (batches.length === 0)
    throw new ArgumentError("verifyRemedies", "expected a batch for each trial step", "none");
  const faults = new Set(
    diagnosis.findings.filter(({ severity }) => severity !== "info").map(({ fault }) => fault),
  );
  return aside(() => {
    const remedies = options.remedies ?? remediesFor(activationOf(model, batch, loss), candidates);
    const claims = remedies.filter(({ cures }) => cures.some((fault) => faults.has(fault)));
    const trials = new Trials({ model, batch, loss, seed, batches, optimizer });
    const verified = claims.map((remedy, index) => {
      onTrial?.(remedy.name, index, claims.length);
      return trials.verify(remedy);
    });
    return verified.sort(
      (a, b) => Number(b.passed) - Number(a.passed) || order(a.trialLoss) - order(b.trialLoss),
    );
  });
}

const order = (loss: number): number => (Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss);

/** The first activation of the network; null where there is none. */
function activationOf(model: Module, batch: Batch, loss: Loss): AnyActivation | null {
  return trace({ model: model.clone(), batch, loss }).activations[0]?.activation ?? null;
}
