import { Generator } from "@isograd/autograd";
import type { Family } from "./families/family.ts";
import { prepareTask } from "./prepare-task.ts";
import type { Setting } from "./setting.ts";
import type { Task } from "./task.ts";

/** A training that could be made any number of times: what is built, on what data, with which draws. */
export interface Trainee {
  readonly family: Family;
  /** The member of the grid, the fault, or the oddity. */
  readonly variant: string;
  readonly setting: Setting;
  /** As the setting changes it. */
  readonly task: Task;
  /** What all draws of this training are forked from. */
  readonly seed: string;
}

/** What is trained for a variant of a seed: draws are the variant's own. */
export function traineeOf(
  family: Family,
  task: Task,
  variant: string,
  setting: Setting,
  seed: string,
): Trainee {
  const own = `${seed}/${variant}`;
  return {
    family,
    variant,
    setting,
    task: prepareTask(task, setting, new Generator(own).fork("data")),
    seed: own,
  };
}
