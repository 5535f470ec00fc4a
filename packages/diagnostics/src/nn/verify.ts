import { IsogradError } from "@isograd/autograd";
import type { Module } from "@isograd/nn";
import { diagnose } from "../diagnose.ts";
import type { Diagnosis } from "../diagnosis.ts";
import type { Remedy, VerifiedRemedy } from "../remedy.ts";
import type { AnyActivation } from "../trace/network.ts";
import { type Batch, type Loss, trace } from "../trace/trace.ts";
import { short } from "../words.ts";
import { defaultCandidates, replaceActivation } from "./remedies/activation.ts";
import { reinitialize } from "./remedies/initialization.ts";
import { clipGradients, reduceLearningRate } from "./remedies/optimization.ts";
import { normalizeWeights } from "./remedies/weight-normalization.ts";
import { type OptimizerFactory, type Treatment, treat } from "./treatment.ts";
import { hasLearnt, runTrial, type Trial } from "./trial.ts";

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

/** The remedies that suit a network with this activation. */
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
 * (clipping, learning rate) must, within those steps, teach the clone to tell its examples apart.
 *
 * @returns those that passed first, the lowest trial loss leading; those that failed behind, with the reason
 */
export function verifyRemedies(
  model: Module,
  batch: Batch,
  loss: Loss,
  diagnosis: Diagnosis,
  options: VerifyOptions,
): VerifiedRemedy<Treatment>[] {
  const { seed = 0, candidates, onTrial } = options;
  const faults = new Set(
    diagnosis.findings.filter(({ severity }) => severity !== "info").map(({ fault }) => fault),
  );
  const activation = trace(model, batch, loss).activations[0]?.activation ?? null;
  const claims = (options.remedies ?? remediesFor(activation, candidates)).filter(({ cures }) =>
    cures.some((fault) => faults.has(fault)),
  );
  const verified = claims.map((remedy, index) => {
    onTrial?.(remedy.name, index, claims.length);
    return tryRemedy(remedy, { model, batch, loss, options: { ...options, seed } });
  });
  return verified.sort(
    (a, b) => Number(b.passed) - Number(a.passed) || order(a.trialLoss) - order(b.trialLoss),
  );
}

const order = (loss: number): number => (Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss);

interface Case {
  readonly model: Module;
  readonly batch: Batch;
  readonly loss: Loss;
  readonly options: VerifyOptions;
}

function tryRemedy(
  remedy: Remedy<Treatment>,
  { model, batch, loss, options }: Case,
): VerifiedRemedy<Treatment> {
  const failed = (evidence: string, trialLoss = Number.NaN): VerifiedRemedy<Treatment> => ({
    remedy,
    passed: false,
    evidence,
    trialLoss,
  });
  try {
    const treatment = treat(model, remedy, { batch, seed: options.seed });
    let flow = "";
    if (remedy.measure === "flow") {
      const after = diagnose(treatment.model, batch, loss, { redraws: 12, seed: options.seed });
      flow = `gradient first/last layer ${short(after.flow.totalFactor)}`;
      if (after.verdict !== "healthy") return failed(`still ${after.verdict}: ${flow}`);
    }
    const trial = runTrial(treatment, options.batches, loss, options.optimizer);
    const evidence = [flow, describe(trial)].filter((part) => part !== "").join("; ");
    return hasLearnt(trial) || (remedy.measure === "flow" && trial.finite)
      ? { remedy, passed: true, evidence, trialLoss: trial.loss }
      : failed(evidence, trial.loss);
  } catch (error) {
    if (error instanceof IsogradError) return failed(`does not apply: ${error.message}`);
    throw error;
  }
}

function describe({ losses, finite, loss, shuffledLoss }: Trial): string {
  if (!finite) return `the loss is not finite after ${losses.length} steps`;
  return `loss ${short(losses[0])} to ${short(loss)} in ${losses.length} steps, ${short(shuffledLoss)} on shuffled targets`;
}
