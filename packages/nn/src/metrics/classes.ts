import { ArgumentError, argmax, ShapeError, type Tensor } from "@isograd/autograd";

export interface ThresholdOptions {
  /** From where on a single output means class 1: 0 for logits (default), 0.5 for probabilities. */
  readonly threshold?: number;
}

/** The classes of some rows. */
export interface ClassPairs {
  readonly predicted: ArrayLike<number>;
  readonly actual: ArrayLike<number>;
  /** How many columns the outputs have; 2 for a single one. */
  readonly classes: number;
}

/**
 * What outputs predict, and what the targets say.
 *
 * @param outputs [batch, classes], of which the largest counts, or [batch] or [batch, 1], of which those from the threshold on mean class 1
 * @param targets class labels [batch] or [batch, 1], or, with two columns and more, probabilities [batch, classes]
 * @throws ShapeError if they do not fit; ArgumentError if the batch is empty, or a label is none of the classes
 */
export function classPairs(
  operation: string,
  outputs: Tensor,
  targets: Tensor,
  { threshold = 0 }: ThresholdOptions = {},
): ClassPairs {
  const [rows, columns = 1] = outputs.shape;
  const isSingle = outputs.rank === 1 || (outputs.rank === 2 && columns === 1);
  const areLabels =
    targets.size === rows && (targets.rank === 1 || (targets.rank === 2 && targets.shape[1] === 1));
  const areProbabilities = !isSingle && targets.shape.join() === outputs.shape.join();
  if ((!isSingle && outputs.rank !== 2) || (!areLabels && !areProbabilities))
    throw new ShapeError(
      operation,
      [outputs.shape, targets.shape],
      "expected outputs [batch, classes] and labels [batch]",
    );
  if (outputs.size === 0)
    throw new ArgumentError(operation, "expected a batch that is not empty", outputs.shape);
  const classes = isSingle ? 2 : columns;
  const predicted = isSingle
    ? Int32Array.from(outputs.values(), (score) => (score >= threshold ? 1 : 0))
    : argmax(outputs.detach(), 1).values();
  const actual = areProbabilities ? argmax(targets.detach(), 1).values() : targets.values();
  for (let row = 0; row < rows; row++)
    if (!(Number.isInteger(actual[row]) && actual[row] >= 0 && actual[row] < classes))
      throw new ArgumentError(
        operation,
        `expected a label from 0 to ${classes - 1} in row ${row}`,
        actual[row],
      );
  return { predicted, actual, classes };
}

/**
 * One score a row, and whether the row is of class 1.
 *
 * @param outputs [batch] or [batch, 1]: logits or probabilities
 * @param targets labels 0 and 1 in the same shape, or [batch]
 */
export function scorePairs(
  operation: string,
  outputs: Tensor,
  targets: Tensor,
): { readonly scores: ArrayLike<number>; readonly actual: ArrayLike<number> } {
  if (outputs.size !== (outputs.shape[0] ?? 1))
    throw new ShapeError(operation, [outputs.shape, targets.shape], "expected one score a row");
  const { actual } = classPairs(operation, outputs, targets);
  return { scores: outputs.values(), actual };
}
