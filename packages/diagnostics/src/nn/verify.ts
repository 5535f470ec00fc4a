import { ArgumentError, IsogradError } from "@isograd/autograd";
import type { Module } from "@isograd/nn";
import { diagnose } from "../diagnose.ts";
import type { Diagnosis } from "../diagnosis.ts";
import type { Remedy, VerifiedRemedy } from "../remedy.ts";
import { aside } from "../trace/aside.ts";
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
 * (clipping, learning rate) must, within those steps, teach the clone to tell its examples apart, and better than the steps alone do. The model
 * itself does not change.
 *
 * @returns those that passed first, the lowest trial loss leading; those that failed behind, with the reason
 * @throws ArgumentError without batches for the trial steps
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

interface Case extends Required<Pick<VerifyOptions, "optimizer" | "batches" | "seed">> {
  readonly model: Module;
  readonly batch: Batch;
  readonly loss: Loss;
}

/** Changes nothing: what the trial steps alone are compared with. */
const nothing: Remedy<Treatment> = {
  name: "nothing",
  cures: [],
  code: "",
  measure: "training",
  apply: () => {},
};

class Trials {
  readonly #case: Case;
  #untreated: Trial | null = null;

  constructor(subject: Case) {
    this.#case = subject;
  }

  verify(remedy: Remedy<Treatment>): VerifiedRemedy<Treatment> {
    try {
      return remedy.measure === "flow" ? this.#byFlow(remedy) : this.#byTraining(remedy);
    } catch (error) {
      if (!(error instanceof IsogradError)) throw error;
      return { remedy, passed: false, evidence: `does not apply: ${error.message}`, trialLoss: Number.NaN };
    }
  }

  #byFlow(remedy: Remedy<Treatment>): VerifiedRemedy<Treatment> {
    const treatment = this.#treat(remedy);
    const { verdict, flow } = this.#diagnose(treatment);
    const factor = `gradient first/last layer ${short(flow.totalFactor)}`;
    if (verdict !== "healthy")
      return { remedy, passed: false, evidence: `still ${verdict}: ${factor}`, trialLoss: Number.NaN };
    const trial = this.#train(treatment);
    return { remedy, passed: trial.finite, evidence: `${factor}; ${describe(trial)}`, trialLoss: trial.loss };
  }

  #byTraining(remedy: Remedy<Treatment>): VerifiedRemedy<Treatment> {
    this.#untreated ??= this.#train(this.#treat(nothing));
    const [before, trial] = [this.#untreated, this.#train(this.#treat(remedy))];
    const better = !before.finite || trial.loss < before.loss;
    const untreated = before.finite ? `${short(before.loss)} untreated` : "not finite untreated";
    return {
      remedy,
      passed: hasLearnt(trial) && better,
      evidence: `${describe(trial)}, ${untreated}`,
      trialLoss: trial.loss,
    };
  }

  /** An alarm about gradient flow needs a harmful factor: re-draws are only asked where there is one. */
  #diagnose({ model }: Treatment): Diagnosis {
    const { batch, loss, seed } = this.#case;
    const quick = diagnose(model, batch, loss, { redraws: 0 });
    return quick.verdict === "healthy" ? quick : diagnose(model, batch, loss, { redraws: 16, seed });
  }

  #treat(remedy: Remedy<Treatment>): Treatment {
    return treat(this.#case.model, remedy, this.#case);
  }

  #train(treatment: Treatment): Trial {
    const { batches, loss, optimizer } = this.#case;
    return runTrial(treatment, batches, loss, optimizer);
  }
}

function describe({ losses, finite, loss, shuffledLoss }: Trial): string {
  if (!finite) return `the loss is not finite after ${losses.length} steps`;
  return `loss ${short(losses[0])} to ${short(loss)} in ${losses.length} steps, ${short(shuffledLoss)} on shuffled targets`;
}
