import { Generator } from "@isograd/autograd";
import type { Family } from "./families/family.ts";
import { families } from "./families/index.ts";
import { faults } from "./faults/index.ts";
import { isGood, labelOf, type Reference } from "./label.ts";
import { oddities } from "./oddities/index.ts";
import { repair } from "./repair.ts";
import type { RunResult, SeedSet } from "./result.ts";
import { type ExaminedRun, examineRun } from "./run.ts";
import { changes, type Setting } from "./setting.ts";
import { type Trainee, traineeOf } from "./trainee.ts";
import { modelOf, type Outcome, train } from "./training/train.ts";

/** All runs of a family on one seed: the grid of healthy settings, and some of its good members with faults and oddities. */
export interface LitterPlan {
  readonly set: SeedSet;
  readonly family: string;
  readonly index: number;
  /** How many faults are injected, each into a network of its own; and how many oddities. */
  readonly faults: number;
  readonly oddities: number;
  readonly repairs: boolean;
}

/** Where all draws of a litter come from. The name of the set is part of it, so no seed is in two sets. */
export const seedOf = ({ set, family, index }: Pick<LitterPlan, "set" | "family" | "index">): string =>
  `${set}/${family}/${index}`;

/** A network that is to be trained, and why. */
interface Candidate extends Pick<RunResult, "group" | "rightCauses"> {
  readonly kind: "grid" | "fault" | "oddity";
  readonly variant: string;
  readonly setting: Setting;
  /** Of the grid's member that it was made from. */
  readonly origin: string;
  readonly base: Setting;
}

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

/** The grid of a litter. */
export const gridOf = (family: Family, generator: Generator): Candidate[] =>
  family.grid(generator.fork("grid")).map(({ name, setting }) => ({
    kind: "grid",
    variant: name,
    setting,
    origin: name,
    base: setting,
    group: null,
    rightCauses: [],
  }));

/** Faults in an order of the seed's own, each in a good member that has a place for it. */
export function spoilt(
  family: Family,
  good: readonly Candidate[],
  count: number,
  generator: Generator,
): Candidate[] {
  const order = generator.fork("faults").permutation(faults.length);
  const found: Candidate[] = [];
  for (const place of order) {
    if (found.length === count) break;
    const { name, group, rightCauses, inject } = faults[place];
    const draws = generator.fork(`fault ${name}`);
    for (const member of shuffled(good, draws)) {
      const setting = inject(member.setting, draws, family);
      if (setting === null) continue;
      found.push({ ...member, kind: "fault", variant: name, setting, group, rightCauses });
      break;
    }
  }
  return found;
}

/** Oddities, likewise. */
export function changed(
  family: Family,
  good: readonly Candidate[],
  count: number,
  generator: Generator,
): Candidate[] {
  const order = generator.fork("oddities").permutation(oddities.length);
  const found: Candidate[] = [];
  for (const place of order) {
    if (found.length === count) break;
    const { name, change } = oddities[place];
    for (const member of shuffled(good, generator.fork(`oddity ${name}`))) {
      const setting = change(member.setting, family);
      if (setting === null) continue;
      found.push({ ...member, kind: "oddity", variant: name, setting });
      break;
    }
  }
  return found;
}

const shuffled = <T>(list: readonly T[], generator: Generator): T[] =>
  Array.from(generator.permutation(list.length), (place) => list[place]);

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
