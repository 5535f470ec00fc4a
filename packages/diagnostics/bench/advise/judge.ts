import type { Advice, AdviceOptions } from "@isograd/diagnostics";
import { adviseActivation } from "@isograd/diagnostics/nn";
import { type Grid, trainAll } from "./grid.ts";
import { processorSeconds } from "./processor-seconds.ts";
import type { Task } from "./tasks.ts";

export type Way = AdviceOptions["by"];
export const ways: readonly Way[] = ["model", "data", "competition", "stochastic"];

/** Networks of each candidate that the full grid trains; advice takes the first two of them, as it does by default. */
const networks = 3;

/** What a way recommended for a task, against the full grid. */
export interface Judged {
  readonly choice: string;
  /** Points that the best of the grid is above the choice. */
  readonly regret: number;
  /** Shares of what the grid took. */
  readonly steps: number;
  readonly gradientEvaluations: number;
  readonly seconds: number;
}

export interface Trialled {
  readonly task: string;
  readonly points: Grid["points"];
  readonly best: string;
  readonly byWay: Readonly<Record<Way, Judged>>;
}

export function judge(task: Task): Trialled {
  const grid = trainAll(task, networks);
  const [best, most] = [...grid.points].reduce((a, b) => (b[1] > a[1] ? b : a));
  const byWay = Object.fromEntries(
    ways.map((by): [Way, Judged] => {
      const { training, heldOut, model, loss, optimizer } = task;
      let advice: Advice | undefined;
      const seconds = processorSeconds(() => {
        advice = adviseActivation(model, training, loss, { by, heldOut, optimizer });
      });
      const { ranking, cost } = advice as Advice;
      const choice = ranking[0].name;
      return [
        by,
        {
          choice,
          regret: most - (grid.points.get(choice) ?? 0),
          steps: cost.steps / grid.steps,
          gradientEvaluations: cost.gradientEvaluations / grid.steps,
          seconds: seconds / grid.seconds,
        },
      ];
    }),
  ) as Record<Way, Judged>;
  return { task: task.name, points: grid.points, best, byWay };
}

/** Points that the best of each grid is above one activation that is taken everywhere; where it does not fit, its points are 0. */
export const regretOf = (name: string, trials: readonly Trialled[]): number[] =>
  trials.map(({ points, best }) => (points.get(best) ?? 0) - (points.get(name) ?? 0));
