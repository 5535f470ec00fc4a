import { IsogradError } from "@isograd/autograd";
import type { Module } from "@isograd/nn";
import { diagnose } from "../diagnose.ts";
import type { Diagnosis } from "../diagnosis.ts";
import type { Remedy, VerifiedRemedy } from "../remedy.ts";
import type { Batch, Loss } from "../trace/trace.ts";
import { short } from "../words.ts";
import { type OptimizerFactory, type Treatment, treat } from "./treatment.ts";
import { hasLearnt, runTrial, type Trial } from "./trial.ts";

/** Whom remedies are tried on, and with what. */
export interface Case {
  readonly model: Module;
  readonly batch: Batch;
  readonly loss: Loss;
  readonly seed: number | string;
  /** Makes the optimizer of the trial steps. */
  readonly optimizer: OptimizerFactory;
  /** One trial step a batch. */
  readonly batches: readonly Batch[];
}

/** Changes nothing: what the trial steps alone are compared with. */
const nothing: Remedy<Treatment> = {
  name: "nothing",
  cures: [],
  code: "",
  measure: "training",
  apply: () => {},
};

/** Tries remedies on clones of one model. */
export class Trials {
  readonly #case: Case;
  #untreated: Trial | null = null;

  constructor(subject: Case) {
    this.#case = subject;
  }

  /** Whether the remedy does what it claims, by the measure of the fault; one that does not apply failed. */
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
