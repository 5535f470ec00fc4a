import { ArgumentError, ShapeError, type Tensor } from "@isograd/autograd";
import { checkCount } from "../optimizers/settings.ts";
import { classPairs, type ThresholdOptions } from "./classes.ts";
import type { BatchMetric } from "./metric.ts";

/**
 * The share of rows whose class is predicted right.
 *
 * @param outputs [batch, classes]: logits or probabilities, of which the largest counts; or logits [batch] of two classes
 * @param targets class labels [batch] (`i32`), or probabilities [batch, classes]
 * @throws ShapeError if they do not fit; ArgumentError if the batch is empty, or a label is none of the classes
 * @see sklearn.metrics.accuracy_score
 * @example
 * accuracy(tensor([[1, 3], [2, 0]]), tensor([1, 1], { dtype: "i32" })); // 0.5
 */
export const accuracy = (outputs: Tensor, targets: Tensor): number =>
  shareRight("accuracy", outputs, targets);

/**
 * The share of rows whose class is predicted right, of two classes told apart by one output.
 *
 * @throws as `accuracy`
 * @see torchmetrics.classification.BinaryAccuracy
 * @example
 * binaryAccuracy({ threshold: 0.5 })(tensor([0.2, 0.9]), tensor([1, 1], { dtype: "i32" })); // 0.5
 */
export function binaryAccuracy(options: ThresholdOptions = {}): BatchMetric {
  return (outputs, targets) => shareRight("binaryAccuracy", outputs, targets, options);
}

/**
 * The share of rows whose class is among the `count` largest outputs. Of equal ones those of lower classes come first.
 *
 * @throws ArgumentError unless count is a whole number from 1 to that of the classes; else as `accuracy`
 * @see sklearn.metrics.top_k_accuracy_score
 * @example
 * topAccuracy(2)(tensor([[1, 3, 2], [2, 0, 1]]), tensor([2, 1], { dtype: "i32" })); // 0.5
 */
export function topAccuracy(count: number): BatchMetric {
  checkCount("topAccuracy", "count", count);
  return (outputs, targets) => {
    const { actual, classes } = classPairs("topAccuracy", outputs, targets);
    if (outputs.rank !== 2 || outputs.shape[1] === 1)
      throw new ShapeError("topAccuracy", [outputs.shape], "expected outputs [batch, classes]");
    if (count > classes)
      throw new ArgumentError("topAccuracy", `expected at most as many as the ${classes} classes`, count);
    const values = outputs.values();
    let right = 0;
    for (let row = 0; row < actual.length; row++) {
      const own = values[row * classes + actual[row]];
      let before = 0;
      for (let k = 0; k < classes; k++) {
        const value = values[row * classes + k];
        if (value > own || (value === own && k < actual[row])) before++;
      }
      if (before < count && !Number.isNaN(own)) right++;
    }
    return right / actual.length;
  };
}

function shareRight(operation: string, outputs: Tensor, targets: Tensor, options?: ThresholdOptions): number {
  const { predicted, actual } = classPairs(operation, outputs, targets, options);
  let right = 0;
  for (let row = 0; row < predicted.length; row++) if (predicted[row] === actual[row]) right++;
  return right / predicted.length;
}
