import { Generator } from "@isograd/autograd";
import { type Candidate, changed, gridOf, spoilt } from "./candidates.ts";
import type { Family } from "./families/family.ts";
import { families } from "./families/index.ts";
import { isGood, labelOf, type Reference } from "./label.ts";
import { type LitterPlan, seedOf } from "./plan.ts";
import { repair } from "./repair.ts";
import type { RunResult } from "./result.ts";
import { type ExaminedRun, examineRun } from "./run.ts";
import { changes } from "./setting.ts";
import { type Trainee, traineeOf } from "./trainee.ts";
import { modelOf, type Outcome, train } from "./training/train.ts";

/** Trains, examines and labels all runs of a litter. @param onRun called when another one is done */
export function runLitter(
  plan: LitterPlan,
  onRun: () => void = () => {},
  family: Family = familyNamed(plan.family),
): RunResult[] {
  const generator = new Generator(seedOf(plan));
  const task = family.task(generator.fork("task"));
  const examine = (candidate: Candidate): Examined => {
    const run = examineRun(traineeOf(family, task, candidate.variant, candidate.setting, seedOf(plan)));
    onRun();
    return { candidate, run };
  };
  const grid = gridOf(family, generator).map(examine);
  const scores = grid.map(({ run }) => run.score).filter(Number.isFinite);
  const reference: Reference = { best: Math.max(task.chance, ...scores), chance: task.chance };
  const good = grid.filter(({ run }) => isGood(run.score, reference)).map(({ candidate }) => candidate);
  const others = [
    ...spoilt(family, good, plan.faults, generator),
    ...changed(family, good, plan.oddities, generator),
  ].map(examine);
  return [...grid, ...others].map((each) => resultOf(plan, each, reference));
}

interface Examined {
  readonly candidate: Candidate;
  readonly run: ExaminedRun;
}

export function familyNamed(name: string): Family {
  const family = families.find((each) => each.name === name);
  if (family === undefined) throw new RangeError(`the zoo has no family ${name}`);
  return family;
}

function resultOf(plan: LitterPlan, { candidate, run }: Examined, reference: Reference): RunResult {
  const { set, family, index, repairs } = plan;
  const { kind, variant, group, rightCauses, origin, base, setting } = candidate;
  const { trainee, score, findings, steps, ours, alarmedAt, rivals, seconds } = run;
  const suspected = kind === "fault" && !isGood(score, reference);
  const again = suspected ? trainAgain(trainee) : null;
  const label = labelOf(kind, reference, score, again?.score);
  return {
    id: `${set}/${family}/${variant}/${index}`,
    set,
    family,
    variant,
    group,
    seed: seedOf(plan),
    detail:
      kind === "grid"
        ? `depth ${setting.depth}, width ${setting.width}`
        : `${origin}: ${changes(base, setting)}`,
    steps,
    score: Number.isFinite(score) ? score : null,
    best: reference.best,
    label,
    rightCauses,
    ours,
    alarmedAt,
    rivals,
    repair:
      repairs && label === "faulty" && again !== null
        ? repair({
            trainee,
            findings,
            score,
            seconds: again.seconds,
            isGood: (repaired) => isGood(repaired, reference),
          })
        : null,
    seconds,
  };
}

/** Another draw of the same, which nobody watches: whether the outcome was the fault's, and what a training takes. */
function trainAgain(trainee: Trainee): Outcome {
  const another = { ...trainee, seed: `${trainee.seed}/again` };
  return train(another, modelOf(another));
}
