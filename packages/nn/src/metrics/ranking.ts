import type { Tensor } from "@isograd/autograd";
import { scorePairs } from "./classes.ts";
import type { Tally, TotalMetric } from "./metric.ts";

/** Rows with the same score. */
interface Step {
  positives: number;
  negatives: number;
}

/**
 * The area under the ROC curve of two classes: how likely a row of class 1 has a larger score than one of class 0, ties counting half. NaN where a class
 * is missing.
 *
 * Keeps all scores. Outputs [batch] or [batch, 1], logits or probabilities; targets 0 or 1.
 *
 * @throws ShapeError unless there is one score a row; ArgumentError if a label is neither 0 nor 1
 * @see Hanley, McNeil 1982; sklearn.metrics.roc_auc_score
 * @example
 * await evaluate((x: Tensor) => x, [{ inputs: tensor([1, 2, 3]), targets: tensor([0, 1, 0]) }], { area: rocAuc() }); // { area: 0.5 }
 */
export function rocAuc(): TotalMetric {
  return {
    start: () =>
      new Ranking("rocAuc", (steps, positives, negatives) => {
        let area = 0;
        let above = 0;
        for (const step of steps) {
          area += step.negatives * (above + step.positives / 2);
          above += step.positives;
        }
        return area / (positives * negatives);
      }),
  };
}

/**
 * The mean of the precision over the steps of recall, from the largest score down. NaN where no row is of class 1.
 *
 * Keeps all scores. Outputs [batch] or [batch, 1], logits or probabilities; targets 0 or 1.
 *
 * @throws ShapeError unless there is one score a row; ArgumentError if a label is neither 0 nor 1
 * @see sklearn.metrics.average_precision_score
 * @example
 * await evaluate((x: Tensor) => x, [{ inputs: tensor([1, 2, 3]), targets: tensor([0, 1, 0]) }], { area: averagePrecision() }); // { area: 0.5 }
 */
export function averagePrecision(): TotalMetric {
  return {
    start: () =>
      new Ranking("averagePrecision", (steps, positives) => {
        let area = 0;
        let [right, taken] = [0, 0];
        for (const step of steps) {
          right += step.positives;
          taken += step.positives + step.negatives;
          area += step.positives * (right / taken);
        }
        return area / positives;
      }),
  };
}

class Ranking implements Tally {
  readonly #byScore = new Map<number, Step>();

  constructor(
    readonly operation: string,
    readonly summary: (steps: readonly Step[], positives: number, negatives: number) => number,
  ) {}

  add(outputs: Tensor, targets: Tensor): void {
    const { scores, actual } = scorePairs(this.operation, outputs, targets);
    for (let row = 0; row < scores.length; row++) {
      const step = this.#byScore.get(scores[row]) ?? { positives: 0, negatives: 0 };
      if (actual[row] === 1) step.positives++;
      else step.negatives++;
      this.#byScore.set(scores[row], step);
    }
  }

  /** NaN where a score is: it has no place in the order. */
  value(): number {
    if (this.#byScore.has(Number.NaN)) return Number.NaN;
    const steps = [...this.#byScore].sort(([a], [b]) => b - a).map(([, step]) => step);
    const count = (key: keyof Step): number => steps.reduce((sum, step) => sum + step[key], 0);
    return this.summary(steps, count("positives"), count("negatives"));
  }
}
