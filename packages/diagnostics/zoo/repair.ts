import { Generator, NonFiniteError } from "@isograd/autograd";
import { type Finding, type VerifiedRemedy, watch } from "@isograd/diagnostics";
import {
  optimizerOf as optimizerUnder,
  type Treatment,
  treat,
  type VerifyOptions,
  verifyRemedies,
} from "@isograd/diagnostics/nn";
import type { Optimizer } from "@isograd/nn";
import { examineBeginning } from "./examination/beginning.ts";
import { isAlarm } from "./examination/our-finding.ts";
import type { Repair } from "./result.ts";
import { type Examples, examplesAt } from "./task.ts";
import type { Trainee } from "./trainee.ts";
import { batchesOf } from "./training/batches.ts";
import { objective } from "./training/objective.ts";
import { optimizerOf } from "./training/optimizer.ts";
import { modelOf, train } from "./training/train.ts";

/** A training that failed, and what was found in it. */
export interface Failure {
  readonly trainee: Trainee;
  readonly findings: readonly Finding[];
  readonly score: number;
  /** What one training takes when nobody watches. */
  readonly seconds: number;
  /** Whether a score is as good as is asked of a healthy run. */
  readonly isGood: (score: number) => boolean;
}

/** How often remedies are verified, with draws of their own; and the most retrainings after each. */
const [mostRounds, mostRetrainings] = [2, 2];

/** Of a training's updates, how many the remedies that learn best may be tried for; most are settled long before. */
const trialShare = 1 / 2;

/** Of the training examples, how many judge the trials and are not learnt from there. */
const heldOutShare = 1 / 8;

/**
 * Tries remedies for what was found, and trains in full with those that passed, the best first, until the outcome is good. Where that fails, remedies
 * are tried once more, more thoroughly and with other draws.
 */
export function repair({ trainee, findings, score: before, seconds, isGood }: Failure): Repair {
  const began = performance.now();
  const loss = objective(trainee.setting, trainee.task);
  const trained: Retraining[] = [];
  const isRepaired = (): boolean => trained.some(({ score }) => isGood(score));
  let [tried, passed] = [0, 0];
  for (let round = 0; round < mostRounds && !isRepaired(); round++) {
    const { batch, options } = trialsOf(trainee, `${trainee.seed}/repair ${round}`);
    const verified = verifyRemedies(
      modelOf(trainee),
      batch,
      loss,
      { findings },
      {
        ...options,
        thorough: round > 0,
      },
    );
    const candidates = verified.filter((each) => each.passed);
    tried += verified.length;
    passed += candidates.length;
    for (let k = 0; k < mostRetrainings && k < candidates.length && !isRepaired(); k++) {
      const { remedy } = nextOf(candidates, trained);
      const prescription = { remedy, batch, seed: options.seed };
      trained.push({ ...prescription, score: retrain(treated(trainee, prescription)) });
    }
  }
  const took = (performance.now() - began) / 1000;
  const best = trained.reduce<Retraining | null>(
    (a, b) => (a !== null && !(b.score > a.score) ? a : b),
    null,
  );
  return {
    tried,
    passed,
    applied: trained.map(({ remedy }) => remedy.name),
    retrainings: trained.length,
    repaired: isRepaired(),
    symptomGone:
      best !== null && best.score > (Number.isNaN(before) ? -1 : before) && isQuiet(treated(trainee, best)),
    score: best?.score ?? Number.NaN,
    timeFactor: took / seconds,
  };
}

/** A remedy, with what it is applied with. */
interface Prescription {
  readonly remedy: VerifiedRemedy<Treatment>["remedy"];
  readonly batch: Examples;
  readonly seed: string;
}

interface Retraining extends Prescription {
  readonly score: number;
}

/** The best of those that have least in common with what was trained with already, in vain. */
function nextOf(
  passed: readonly VerifiedRemedy<Treatment>[],
  trained: readonly Retraining[],
): VerifiedRemedy<Treatment> {
  const known = trained.flatMap(({ remedy }) => partsOf(remedy));
  const inCommon = ({ remedy }: VerifiedRemedy<Treatment>): number =>
    partsOf(remedy).filter((part) => known.includes(part)).length;
  return passed
    .filter(({ remedy }) => !trained.some((each) => each.remedy === remedy))
    .reduce((best, each) => (inCommon(each) < inCommon(best) ? each : best));
}

/** Such as the activation, the initialisation and the optimizer. */
const partsOf = ({ name }: Prescription["remedy"]): string[] => name.split(", ");

const usualOptimizer =
  ({ setting }: Trainee) =>
  ({ model, clips }: Treatment): Optimizer =>
    optimizerOf(clips ? setting : { ...setting, clipping: null }, model.parameters());

/** Batches for trial steps and others to judge by, both of the training examples. */
function trialsOf(trainee: Trainee, seed: string) {
  const { task, setting } = trainee;
  const generator = new Generator(seed);
  const rows = generator.permutation(task.training.targets.shape[0]);
  const kept = Math.ceil(rows.length * heldOutShare);
  const heldOut = [examplesAt(task.training, rows.slice(0, kept))];
  const size = setting.batch * setting.accumulate;
  const drawn = batchesOf(examplesAt(task.training, rows.slice(kept)), size, generator.fork("batches"));
  const steps = Math.ceil(trialShare * setting.steps);
  const batches = Array.from({ length: steps }, () => drawn.next().value);
  const options = { batches, heldOut, seed, optimizer: usualOptimizer(trainee) } satisfies VerifyOptions;
  return { batch: batches[0], options };
}

/** A network with what a remedy makes of it, about to be trained. */
interface Treated {
  readonly trainee: Trainee;
  readonly treatment: Treatment;
}

function treated(trainee: Trainee, { remedy, batch, seed }: Prescription): Treated {
  // What stands behind the last layer decides how its output is read.
  const setting =
    remedy.measure === "output" ? { ...trainee.setting, head: "none" as const } : trainee.setting;
  return {
    trainee: { ...trainee, setting },
    treatment: treat(modelOf(trainee), remedy, { batch, seed }),
  };
}

/** Trains in full. @returns the score; NaN where a step refused to be taken */
function retrain({ trainee, treatment }: Treated): number {
  try {
    const optimizer = optimizerUnder(treatment, usualOptimizer(trainee));
    return train(trainee, treatment.model, { optimizer }).score;
  } catch (error) {
    if (error instanceof NonFiniteError) return Number.NaN;
    throw error;
  }
}

/** Whether nothing is found before and while a treated network is trained. */
function isQuiet(patient: Treated): boolean {
  const { lint, firstStep } = examineBeginning(patient.trainee, patient.treatment.model);
  if ([...lint, ...firstStep].some(isAlarm)) return false;
  const watcher = watch({ seed: patient.trainee.seed });
  try {
    retrain(patient);
  } finally {
    watcher.stop();
  }
  return !watcher.findings.some(({ finding }) => isAlarm(finding));
}
