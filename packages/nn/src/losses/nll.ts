import {
  eq,
  gather,
  mul,
  neg,
  ones,
  reshape,
  ShapeError,
  squeeze,
  sum,
  type Tensor,
  unsqueeze,
  where,
} from "@isograd/autograd";
import { checkBatch, checkClasses, sameExtents } from "./checks.ts";
import { type LossOptions, reduceLosses } from "./reduction.ts";

export interface NllOptions extends LossOptions {
  /** A weight for each class: [classes]. `mean` divides by what the labels weigh, not by their number. */
  readonly weight?: Tensor | null;
  /** The label that does not count; default -100. */
  readonly ignoreIndex?: number;
}

/**
 * The negative logarithm of the probability of each label.
 *
 * @param logProbabilities [batch, classes, ...], or [classes] for one example
 * @param labels           `i32`, of the shape of the probabilities without the classes
 * @returns `mean` is NaN where no label counts
 * @throws ShapeError or DtypeError if the labels do not fit; ArgumentError if the batch is empty or a label is no class
 * @see torch.nn.functional.nll_loss
 * @example
 * nllLoss(log(tensor([[0.5, 0.25, 0.25]])), tensor([1], { dtype: "i32" })); // 1.3863
 */
export function nllLoss(
  logProbabilities: Tensor,
  labels: Tensor,
  { reduction, weight, ignoreIndex = -100 }: NllOptions = {},
): Tensor {
  const found = readLabels("nllLoss", logProbabilities, labels, weight, ignoreIndex);
  return reduceLosses("nllLoss", labelLosses(logProbabilities, found), reduction, sum(found.importance));
}

/** Labels that fit their scores. */
export interface Labels {
  /** Which of them do not count. */
  readonly ignored: Tensor;
  /** The class of each, 0 where it does not count. */
  readonly classes: Tensor;
  /** What each weighs: the weight of its class, 0 where it does not count. */
  readonly importance: Tensor;
}

/** @throws ShapeError, DtypeError or ArgumentError if the labels do not fit the scores */
export function readLabels(
  operation: string,
  scores: Tensor,
  labels: Tensor,
  weight: Tensor | null | undefined,
  ignoreIndex: number,
): Labels {
  checkLabels(operation, scores, labels, ignoreIndex);
  const ignored = eq(labels, ignoreIndex);
  const classes = where(ignored, 0, labels);
  const weights = weight
    ? reshape(
        gather(checkWeight(operation, weight, scores), 0, reshape(classes, [classes.size])),
        labels.shape,
      )
    : ones(labels.shape, scores.dtype);
  return { ignored, classes, importance: where(ignored, 0, weights) };
}

/**
 * @returns whether a label is among them that does not count
 * @throws ShapeError, DtypeError or ArgumentError if they do not fit the scores
 */
export function checkLabels(operation: string, scores: Tensor, labels: Tensor, ignoreIndex: number): boolean {
  checkScores(operation, scores, labels);
  const axis = classAxis(scores);
  const places = scores.shape.filter((_, k) => k !== axis);
  if (!sameExtents(labels.shape, places))
    throw new ShapeError(operation, [scores.shape, labels.shape], "expected a class label for each row");
  return checkClasses(operation, labels, scores.shape[axis], ignoreIndex);
}

/** The negative value of each label's class, weighted; 0 where the label does not count. */
export function labelLosses(values: Tensor, { ignored, classes, importance }: Labels): Tensor {
  const axis = classAxis(values);
  const picked = squeeze(gather(values, axis, unsqueeze(classes, axis)), axis);
  return where(ignored, 0, neg(mul(picked, importance)));
}

/** The axis of the classes. */
export const classAxis = (scores: Tensor): number => (scores.rank === 1 ? 0 : 1);

/** @throws ShapeError unless there are classes; ArgumentError if the batch is empty */
export function checkScores(operation: string, scores: Tensor, targets: Tensor): void {
  if (scores.rank === 0)
    throw new ShapeError(
      operation,
      [scores.shape, targets.shape],
      "expected scores [batch, classes, ...] or [classes]",
    );
  checkBatch(operation, scores);
}

/** The weights, one for each class. @throws ShapeError unless they are */
export function checkWeight(operation: string, weight: Tensor, scores: Tensor): Tensor {
  if (weight.rank !== 1 || weight.size !== scores.shape[classAxis(scores)])
    throw new ShapeError(operation, [scores.shape, weight.shape], "expected a weight for each class");
  return weight;
}
