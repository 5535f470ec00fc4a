import {
  ArgumentError,
  DtypeError,
  gather,
  logSoftmax,
  mul,
  neg,
  ShapeError,
  squeeze,
  sum,
  type Tensor,
  unsqueeze,
} from "@isograd/autograd";
import { checkBatch } from "./checks.ts";
import { type LossOptions, reduceLosses } from "./reduction.ts";

/**
 * The cross entropy between what the logits predict and the targets: -Σ target · log softmax(logits) over the classes.
 *
 * @param logits  [batch, classes, ...]: scores before any softmax; or [classes] for one example
 * @param targets class labels (`i32`), of the shape of the logits without the classes; or probabilities of the shape of the logits
 * @returns `mean` divides by the number of labels, with probabilities too
 * @throws ShapeError or DtypeError if the targets do not fit; ArgumentError if the batch is empty or a label is no class
 * @see torch.nn.functional.cross_entropy
 */
export function crossEntropy(logits: Tensor, targets: Tensor, { reduction }: LossOptions = {}): Tensor {
  if (logits.rank === 0)
    throw new ShapeError(
      "crossEntropy",
      [logits.shape, targets.shape],
      "expected logits [batch, classes, ...] or [classes]",
    );
  checkBatch("crossEntropy", logits);
  const axis = logits.rank === 1 ? 0 : 1;
  const logProbabilities = logSoftmax(logits, axis);
  if (targets.dtype === "f32" || targets.dtype === "f64") {
    if (targets.shape.join() !== logits.shape.join()) {
      throw new ShapeError(
        "crossEntropy",
        [logits.shape, targets.shape],
        "expected probabilities of the shape of the logits",
      );
    }
    const losses = neg(sum(mul(targets, logProbabilities), { axis }));
    return reduceLosses("crossEntropy", losses, reduction);
  }
  checkLabels(logits, targets, axis);
  const picked = gather(logProbabilities, axis, unsqueeze(targets, axis));
  return reduceLosses("crossEntropy", neg(squeeze(picked, axis)), reduction);
}

function checkLabels(logits: Tensor, labels: Tensor, axis: number): void {
  if (labels.dtype !== "i32")
    throw new DtypeError(
      "crossEntropy",
      [labels.dtype],
      "expected class labels of i32, or probabilities of reals",
    );
  const expected = logits.shape.filter((_, k) => k !== axis);
  if (labels.shape.join() !== expected.join()) {
    throw new ShapeError(
      "crossEntropy",
      [logits.shape, labels.shape],
      "expected a class label for each row of logits",
    );
  }
  const classes = logits.shape[axis];
  const values = labels.values();
  for (let i = 0; i < values.length; i++) {
    if (values[i] >= 0 && values[i] < classes) continue;
    const row = Math.floor(i / (values.length / (labels.shape[0] ?? 1)));
    throw new ArgumentError(
      "crossEntropy",
      `expected class labels from 0 to ${classes - 1}, row ${row} differs`,
      values[i],
    );
  }
}
