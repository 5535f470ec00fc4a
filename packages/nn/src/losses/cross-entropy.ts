import {
  ArgumentError,
  add,
  DtypeError,
  eq,
  logSoftmax,
  mul,
  neg,
  ones,
  reshape,
  ShapeError,
  softmaxCrossEntropy,
  sum,
  type Tensor,
  where,
} from "@isograd/autograd";
import {
  checkLabels,
  checkScores,
  checkWeight,
  classAxis,
  labelLosses,
  type NllOptions,
  readLabels,
} from "./nll.ts";
import { reduceLosses } from "./reduction.ts";

export interface CrossEntropyOptions extends NllOptions {
  /** The share of each target that is spread evenly over all classes, within [0, 1]; default 0. */
  readonly labelSmoothing?: number;
}

/**
 * The cross entropy between what the logits predict and the targets: -Σ target · log softmax(logits) over the classes.
 *
 * @param logits  [batch, classes, ...]: scores before any softmax; or [classes] for one example
 * @param targets class labels (`i32`), of the shape of the logits without the classes; or probabilities of the shape of the logits
 * @returns `mean` divides by the number of labels, or what they weigh; by their number with probabilities too
 * @throws ShapeError or DtypeError if the targets do not fit; ArgumentError if the batch is empty, a label is no class, or `ignoreIndex`
 *   comes with probabilities
 * @see torch.nn.functional.cross_entropy; Szegedy et al. 2016, "Rethinking the Inception architecture" (label smoothing)
 * @example
 * const logits = tensor([[2, 0, 0]]);
 * crossEntropy(logits, tensor([0], { dtype: "i32" })); // 0.2395
 * crossEntropy(logits, tensor([[0.5, 0.5, 0]])); // 1.2395
 */
export function crossEntropy(
  logits: Tensor,
  targets: Tensor,
  { reduction, weight, ignoreIndex, labelSmoothing = 0 }: CrossEntropyOptions = {},
): Tensor {
  const operation = "crossEntropy";
  checkScores(operation, logits, targets);
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
    throw new ArgumentError(operation, "expected a label smoothing within [0, 1]", labelSmoothing);
  if (targets.dtype === "i32" && !weight && labelSmoothing === 0)
    return ofLabels(logits, targets, ignoreIndex ?? -100, reduction);
  const axis = classAxis(logits);
  const even = labelSmoothing / logits.shape[axis];
  const logProbabilities = logSoftmax(logits, axis);
  const weighed = weight
    ? mul(logProbabilities, alongClasses(checkWeight(operation, weight, logits), logits))
    : logProbabilities;
  if (targets.dtype === "f32" || targets.dtype === "f64") {
    checkProbabilities(logits, targets, ignoreIndex);
    const smoothed = labelSmoothing === 0 ? targets : add(mul(targets, 1 - labelSmoothing), even);
    return reduceLosses(operation, neg(sum(mul(smoothed, weighed), { axis })), reduction);
  }
  if (targets.dtype !== "i32")
    throw new DtypeError(
      operation,
      [targets.dtype],
      "expected class labels of i32, or probabilities of reals",
    );
  const found = readLabels(operation, logits, targets, weight, ignoreIndex ?? -100);
  const sharp = labelLosses(logProbabilities, found);
  const losses =
    labelSmoothing === 0
      ? sharp
      : add(mul(sharp, 1 - labelSmoothing), where(found.ignored, 0, mul(sum(weighed, { axis }), -even)));
  return reduceLosses(operation, losses, reduction, sum(found.importance));
}

/** Sharp labels that all weigh the same: without the probabilities of the other classes. */
function ofLabels(
  logits: Tensor,
  labels: Tensor,
  ignoreIndex: number,
  reduction: NllOptions["reduction"],
): Tensor {
  const operation = "crossEntropy";
  const isAnyIgnored = checkLabels(operation, logits, labels, ignoreIndex);
  const axis = classAxis(logits);
  if (!isAnyIgnored) return reduceLosses(operation, softmaxCrossEntropy(logits, labels, axis), reduction);
  const ignored = eq(labels, ignoreIndex);
  const losses = softmaxCrossEntropy(logits, where(ignored, 0, labels), axis);
  const counts = where(ignored, 0, ones(labels.shape, losses.dtype));
  return reduceLosses(operation, where(ignored, 0, losses), reduction, sum(counts));
}

/** One number a class, ready to broadcast over the logits. */
function alongClasses(weight: Tensor, logits: Tensor): Tensor {
  return reshape(weight, [weight.size, ...logits.shape.slice(2).map(() => 1)]);
}

function checkProbabilities(logits: Tensor, targets: Tensor, ignoreIndex: number | undefined): void {
  if (targets.shape.join() !== logits.shape.join())
    throw new ShapeError(
      "crossEntropy",
      [logits.shape, targets.shape],
      "expected probabilities of the shape of the logits",
    );
  if (ignoreIndex !== undefined)
    throw new ArgumentError("crossEntropy", "expected no ignoreIndex with probabilities", ignoreIndex);
}
