import { ArgumentError, noGrad } from "@isograd/autograd";
import { adviceCandidates, fittingVariance } from "@isograd/diagnostics";
import { stepsOf } from "../../src/nn/advise/train.ts";
import { withCandidate } from "../../src/nn/advise/with-candidate.ts";
import { processorSeconds } from "./processor-seconds.ts";
import type { Task } from "./tasks.ts";

/** What every candidate reaches that is trained in full. */
export interface Grid {
  /** Points on the test set by name, the mean over the networks. */
  readonly points: ReadonlyMap<string, number>;
  readonly steps: number;
  readonly seconds: number;
}

/** Trains every candidate that fits in full, from the draws that advice begins with. */
export function trainAll(task: Task, networks: number): Grid {
  const points = new Map<string, number>();
  let steps = 0;
  const seconds = processorSeconds(() => {
    for (const candidate of adviceCandidates) {
      const weightVariance = fittingVariance(candidate);
      const reached: number[] = [];
      for (let k = 0; k < networks; k++) {
        const model = attempt(() => withCandidate(task.model, candidate, { seed: `0 ${k}`, weightVariance }));
        if (model === null) break;
        const step = stepsOf(model, task.loss, task.optimizer);
        for (const batch of task.training) {
          step(batch);
          steps++;
        }
        model.eval();
        const value = noGrad(() => task.points(model.call(task.test.inputs), task.test.targets));
        reached.push(Number.isFinite(value) ? value : 0);
      }
      if (reached.length > 0)
        points.set(candidate.name, reached.reduce((sum, value) => sum + value, 0) / reached.length);
    }
  });
  return { points, steps, seconds };
}

/** A gate does not fit behind batch normalisation. */
function attempt<T>(f: () => T): T | null {
  try {
    return f();
  } catch (error) {
    if (error instanceof ArgumentError) return null;
    throw error;
  }
}
