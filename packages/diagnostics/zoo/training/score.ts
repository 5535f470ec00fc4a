import { noGrad, type Tensor } from "@isograd/autograd";
import type { Module } from "@isograd/nn";
import type { Setting } from "../setting.ts";
import type { Examples, Task } from "../task.ts";

/** The share of the rows that are told right, or the share of the variance that is explained, at least 0; NaN where an output is not finite. */
export function score(outputs: Tensor, targets: Tensor, kind: Task["kind"], setting: Setting): number {
  const [given, wanted] = [outputs.values(), targets.values()];
  if (!given.every(Number.isFinite)) return Number.NaN;
  if (kind === "numbers") return explained(given, wanted);
  const width = given.length / wanted.length;
  // Probabilities, or numbers trained to be 0 and 1, mean yes from a half on; logits from 0 on.
  const threshold = setting.head === "none" && setting.loss === "own" ? 0 : 0.5;
  let right = 0;
  for (let row = 0; row < wanted.length; row++) {
    const told = width > 1 ? largest(given, row * width, width) : Number(given[row] > threshold);
    if (told === wanted[row]) right++;
  }
  return right / wanted.length;
}

function explained(given: ArrayLike<number>, wanted: ArrayLike<number>): number {
  let mean = 0;
  for (let row = 0; row < wanted.length; row++) mean += wanted[row] / wanted.length;
  let [left, all] = [0, 0];
  for (let row = 0; row < wanted.length; row++) {
    left += (given[row] - wanted[row]) ** 2;
    all += (wanted[row] - mean) ** 2;
  }
  return Math.max(0, 1 - left / all);
}

function largest(values: ArrayLike<number>, first: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (values[first + k] > values[first + best]) best = k;
  return best;
}

/** The score on examples that were not trained on. */
export function heldOutScore(
  model: Module,
  examples: Examples,
  kind: Task["kind"],
  setting: Setting,
): number {
  const training = model.training;
  model.eval();
  try {
    return score(
      noGrad(() => model.call(examples.inputs)),
      examples.targets,
      kind,
      setting,
    );
  } finally {
    model.train(training);
  }
}
