import { ShapeError, type Tensor } from "@isograd/autograd";
import type { BatchMetric, Tally, TotalMetric } from "./metric.ts";

/**
 * The mean of the distances |output - target|.
 *
 * @throws ShapeError unless both have the same shape
 * @see sklearn.metrics.mean_absolute_error
 * @example
 * meanAbsoluteError(tensor([1, 2]), tensor([0, 4])); // 1.5
 */
export const meanAbsoluteError: BatchMetric = (outputs, targets) => {
  let total = 0;
  eachPair("meanAbsoluteError", outputs, targets, (output, target) => {
    total += Math.abs(output - target);
  });
  return total / outputs.size;
};

/**
 * The root of the mean square of output - target.
 *
 * @throws ShapeError unless both have the same shape
 * @see sklearn.metrics.mean_squared_error with squared=False
 * @example
 * await evaluate((x: Tensor) => x, [{ inputs: tensor([1, 2]), targets: tensor([2, 9]) }], { error: rootMeanSquaredError() }); // { error: 5 }
 */
export function rootMeanSquaredError(): TotalMetric {
  return {
    start: () => new Squares("rootMeanSquaredError", ({ errors, count }) => Math.sqrt(errors / count)),
  };
}

/**
 * The share of the targets' variance that the outputs explain: 1 for right ones, 0 for those no better than the mean of the targets, negative for worse.
 * NaN where the targets do not vary. All elements count alike.
 *
 * @throws ShapeError unless both have the same shape
 * @see sklearn.metrics.r2_score
 * @example
 * await evaluate((x: Tensor) => x, [{ inputs: tensor([1, 2]), targets: tensor([1, 3]) }], { share: r2Score() }); // { share: 0.5 }
 */
export function r2Score(): TotalMetric {
  return {
    start: () =>
      new Squares("r2Score", ({ errors, deviations }) =>
        deviations === 0 ? Number.NaN : 1 - errors / deviations,
      ),
  };
}

class Squares implements Tally {
  count = 0;
  /** Of output - target, squared. */
  errors = 0;
  /** Of the distances of the targets from their mean so far, squared. */
  deviations = 0;
  #mean = 0;

  constructor(
    readonly operation: string,
    readonly summary: (squares: Squares) => number,
  ) {}

  add(outputs: Tensor, targets: Tensor): void {
    eachPair(this.operation, outputs, targets, (output, target) => {
      this.errors += (output - target) ** 2;
      // Welford's way: no difference of large sums.
      const distance = target - this.#mean;
      this.#mean += distance / ++this.count;
      this.deviations += distance * (target - this.#mean);
    });
  }

  value(): number {
    return this.count === 0 ? Number.NaN : this.summary(this);
  }
}

function eachPair(
  operation: string,
  outputs: Tensor,
  targets: Tensor,
  see: (output: number, target: number) => void,
): void {
  if (outputs.shape.join() !== targets.shape.join())
    throw new ShapeError(
      operation,
      [outputs.shape, targets.shape],
      "expected outputs and targets of one shape",
    );
  const [a, b] = [outputs.values(), targets.values()];
  for (let k = 0; k < a.length; k++) see(a[k], b[k]);
}
