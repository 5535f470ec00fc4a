import { Generator, NonFiniteError } from "@isograd/autograd";
import type { Finding, VerifiedRemedy } from "@isograd/diagnostics";
import {
  optimizerOf as optimizerUnder,
  type Treatment,
  treat,
  verifyRemedies,
} from "@isograd/diagnostics/nn";
import type { Repair } from "./result.ts";
import { type Examples, examplesAt } from "./task.ts";
import type { Trainee } from "./trainee.ts";
import { batchesOf } from "./training/batches.ts";
import { objective } from "./training/objective.ts";
import { optimizerOf } from "./training/optimizer.ts";
import { modelOf, type TrainOptions, train } from "./training/train.ts";

/** A training that failed, and what was found in it. */
export interface Failure {
  readonly trainee: Trainee;
  readonly findings: readonly Finding[];
  /** What one training takes when nobody watches. */
  readonly seconds: number;
  /** Whether a score is as good as is asked of a healthy run. */
  readonly isGood: (score: number) => boolean;
}

/** More retrainings than this are given up. */
const mostRetrainings = 4;

/** Of a training's updates, how many the remedies that learn best may be tried for; most stop long before. */
const trialShare = 1 / 2;

/** Of the training examples, how many judge the trials and are not learnt from there. */
const heldOutShare = 1 / 8;

/**
 * Tries remedies for what was found, and trains with those that passed, the best first, until the outcome is good.
 *
 * @param retrain trains in full; `Outcome` of `train`, but for who wants to watch
 */
export function repair({ trainee, findings, seconds, isGood }: Failure): Repair {
  const began = performance.now();
  const trials = trialsOf(trainee);
  const verified = verifyRemedies(
    modelOf(trainee),
    trials.batches[0],
    objectiveOf(trainee),
    { findings },
    trials,
  );
  const passed = verified.filter((each) => each.passed);
  const applied: string[] = [];
  let [score, repaired] = [Number.NaN, false];
  for (const { remedy } of passed.slice(0, mostRetrainings)) {
    applied.push(remedy.name);
    const outcome = retrain(trainee, remedy, trials.batches[0]);
    if (!(score >= outcome)) score = outcome;
    repaired = isGood(outcome);
    if (repaired) break;
  }
  return {
    tried: verified.length,
    passed: passed.length,
    applied,
    retrainings: applied.length,
    repaired,
    symptomGone: false,
    score,
    timeFactor: (performance.now() - began) / 1000 / seconds,
  };
}

const objectiveOf = ({ setting, task }: Trainee) => objective(setting, task);

const usualOptimizer =
  ({ setting }: Trainee) =>
  ({ model, clips }: Treatment) =>
    optimizerOf(clips ? setting : { ...setting, clipping: null }, model.parameters());

/** Batches for trial steps and others to judge by, both of the training examples. */
function trialsOf(trainee: Trainee) {
  const { task, setting, seed } = trainee;
  const generator = new Generator(seed).fork("repair");
  const rows = generator.permutation(task.training.targets.shape[0]);
  const kept = Math.ceil(rows.length * heldOutShare);
  const heldOut: Examples[] = [examplesAt(task.training, rows.slice(0, kept))];
  const size = setting.batch * setting.accumulate;
  const drawn = batchesOf(examplesAt(task.training, rows.slice(kept)), size, generator.fork("batches"));
  const steps = Math.ceil(trialShare * setting.steps);
  const batches = Array.from({ length: steps }, () => drawn.next().value);
  return { batches, heldOut, seed, optimizer: usualOptimizer(trainee) };
}

/** Trains what a remedy makes of the trainee's network. @returns the score; NaN where a step refused to be taken */
function retrain(trainee: Trainee, remedy: VerifiedRemedy<Treatment>["remedy"], batch: Examples): number {
  const treatment = treat(modelOf(trainee), remedy, { batch, seed: trainee.seed });
  const options: TrainOptions = { optimizer: optimizerUnder(treatment, usualOptimizer(trainee)) };
  // What stands behind the last layer decides how its output is read.
  const head = remedy.measure === "output" ? "none" : trainee.setting.head;
  try {
    return train({ ...trainee, setting: { ...trainee.setting, head } }, treatment.model, options).score;
  } catch (error) {
    if (error instanceof NonFiniteError) return Number.NaN;
    throw error;
  }
}
