import { ArgumentError, argmax, ShapeError, type Tensor } from "@isograd/autograd";

/** A number that says how good outputs are; averaged over batches by their number of rows. */
export type Metric = (outputs: Tensor, targets: Tensor) => number;

/**
 * The share of rows whose largest output is the target's class.
 *
 * @param outputs [batch, classes]: logits or probabilities
 * @param targets class labels [batch] (`i32`), or probabilities [batch, classes]
 * @throws ShapeError if they do not fit; ArgumentError if the batch is empty
 */
export const accuracy: Metric = (outputs, targets) => {
  const probabilities = targets.rank === 2 && targets.shape.join() === outputs.shape.join();
  if (
    outputs.rank !== 2 ||
    (!probabilities && (targets.rank !== 1 || targets.shape[0] !== outputs.shape[0]))
  ) {
    throw new ShapeError(
      "accuracy",
      [outputs.shape, targets.shape],
      "expected outputs [batch, classes] and labels [batch]",
    );
  }
  if (outputs.size === 0)
    throw new ArgumentError("accuracy", "expected a batch that is not empty", outputs.shape);
  const predicted = argmax(outputs.detach(), 1).values();
  const labels = probabilities ? argmax(targets.detach(), 1).values() : targets.values();
  let right = 0;
  for (let row = 0; row < predicted.length; row++) if (predicted[row] === labels[row]) right++;
  return right / predicted.length;
};
