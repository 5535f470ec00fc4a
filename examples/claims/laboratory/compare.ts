import type { Claimed, Measurement } from "../claim.ts";
import type { Arm } from "./arm.ts";
import { differences, estimate } from "./estimate.ts";
import type { Laboratory } from "./laboratory.ts";
import type { Task } from "./task.ts";
import { type Tuned, tuned } from "./tuned.ts";

export interface Comparison {
  readonly setting: string;
  readonly task: Task;
  /** Two by name: how far the first is ahead of the second. One may have the task put in another way. */
  readonly arms: Readonly<Record<string, Arm & { readonly task?: Task }>>;
  readonly claimed?: Claimed;
}

/** By how many points one way to train is better than another, each at the best of its learning rates, with the same seeds and data. */
export async function compare(
  laboratory: Laboratory,
  { setting, task, arms, claimed }: Comparison,
): Promise<Measurement> {
  const results: Record<string, Tuned> = {};
  for (const [name, arm] of Object.entries(arms))
    results[name] = await tuned(laboratory, arm.task ?? task, arm);
  const [first, second] = Object.keys(arms);
  return {
    setting,
    quantity: `points that ${first} is ahead of ${second}`,
    values: differences(results[first].scores, results[second].scores),
    claimed,
    note: scoresOf(results),
  };
}

/** All scores with their rates, in words. */
export const scoresOf = (results: Readonly<Record<string, Tuned>>): string =>
  Object.entries(results)
    .map(([name, { scores, rate }]) => `${name} ${estimate(scores).mean.toFixed(1)} at rate ${rate}`)
    .join(", ");
