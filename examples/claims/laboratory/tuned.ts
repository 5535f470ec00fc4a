import { type Arm, type Outcome, trainArm } from "./arm.ts";
import type { Laboratory } from "./laboratory.ts";
import type { Task } from "./task.ts";

/** From those that plain descent on deep exploding networks needs to those that Adam can bear. */
const defaultRates = [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 3e-2, 0.1, 0.3];

/** An arm at the best of its learning rates. */
export interface Tuned {
  readonly rate: number;
  /** At that rate, on the examples to choose by. */
  readonly chosenBy: number;
  /** One for each seed of the laboratory, on the test examples. */
  readonly scores: readonly number[];
  readonly outcomes: readonly Outcome[];
}

/** Chooses the learning rate of an arm by other seeds and other examples than those that it is then judged by. Done once for each arm. */
export function tuned(laboratory: Laboratory, task: Task, arm: Arm): Promise<Tuned> {
  const known = laboratory.known.get(task) ?? new Map<Arm, Promise<Tuned>>();
  laboratory.known.set(task, known);
  const result = known.get(arm) ?? tune(laboratory, task, arm);
  known.set(arm, result);
  return result;
}

async function tune({ plan, seed, seeds, signal }: Laboratory, task: Task, arm: Arm): Promise<Tuned> {
  const { rates = defaultRates } = arm;
  const common = { task, arm, steps: plan.steps, signal };
  let best = { rate: rates[0], score: Number.NEGATIVE_INFINITY };
  const tried = rates.filter((_, k) => (rates.length - 1 - k) % plan.stride === 0);
  for (const rate of tried) {
    let score = 0;
    for (let k = 0; k < plan.choosingSeeds; k++)
      score += (
        await trainArm({ ...common, learningRate: rate, seed: `${seed}/choosing/${k}`, on: "choosing" })
      ).score;
    if (score > best.score) best = { rate, score };
  }
  const outcomes: Outcome[] = [];
  for (const each of seeds)
    outcomes.push(await trainArm({ ...common, learningRate: best.rate, seed: each, on: "test" }));
  return {
    rate: best.rate,
    chosenBy: best.score / plan.choosingSeeds,
    scores: outcomes.map(({ score }) => score),
    outcomes,
  };
}
