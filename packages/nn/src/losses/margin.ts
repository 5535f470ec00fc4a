import {
  add,
  clamp,
  defineElementwise,
  logSigmoid,
  mean,
  mul,
  ne,
  neg,
  type Scalar,
  ShapeError,
  softplus,
  sub,
  type Tensor,
  where,
} from "@isograd/autograd";
import { checkFits, checkPair, checkSameShape } from "./checks.ts";
import { type LossOptions, reduceLosses } from "./reduction.ts";

/** What is above 0; the slope at 0 is 1. */
export const hinge = (x: Tensor): Tensor => clamp(x, 0, Number.POSITIVE_INFINITY);

export interface MarginOptions extends LossOptions {
  /** How far apart the two cases are to be; the default is the loss's own. */
  readonly margin?: number;
}

/**
 * Distances as they are where the label is 1; where it is -1, what they lack to the margin (default 1).
 *
 * @param distances any shape
 * @param labels    1 and -1, of the same shape; under any other label both count
 * @throws ShapeError if the shapes differ; ArgumentError if the batch is empty
 * @see torch.nn.functional.hinge_embedding_loss
 * @example
 * hingeEmbeddingLoss(tensor([0.3, 0.3]), tensor([1, -1]), { reduction: "none" }); // [0.3, 0.7]
 */
export function hingeEmbeddingLoss(
  distances: Tensor,
  labels: Tensor,
  { margin = 1, reduction }: MarginOptions = {},
): Tensor {
  checkPair("hingeEmbeddingLoss", distances, labels);
  const near = where(ne(labels, -1), distances, 0);
  const losses = add(near, where(ne(labels, 1), hinge(sub(margin, distances)), 0));
  return reduceLosses("hingeEmbeddingLoss", losses, reduction);
}

/**
 * What `first` lacks to be above `second` by the margin (default 0) where the label is 1, and below it where it is -1.
 *
 * @param first  any shape
 * @param second the same shape
 * @param labels 1 and -1, of the same shape; other numbers weigh the difference
 * @throws ShapeError if the shapes differ; ArgumentError if the batch is empty
 * @see torch.nn.functional.margin_ranking_loss
 * @example
 * marginRankingLoss(tensor([1, 1]), tensor([3, 3]), tensor([1, -1]), { reduction: "none" }); // [2, 0]
 */
export function marginRankingLoss(
  first: Tensor,
  second: Tensor,
  labels: Tensor,
  { margin = 0, reduction }: MarginOptions = {},
): Tensor {
  checkPair("marginRankingLoss", first, second);
  checkSameShape("marginRankingLoss", first, labels);
  const losses = hinge(sub(margin, mul(labels, sub(first, second))));
  return reduceLosses("marginRankingLoss", losses, reduction);
}

const softMargin = /* @__PURE__ */ defineElementwise("softMargin", (score: Scalar, label: Scalar) =>
  softplus(neg(mul(label, score))),
);

/**
 * log(1 + exp(-label · score)), without overflow.
 *
 * @param scores any shape
 * @param labels 1 and -1, of the same shape; other numbers weigh the score
 * @throws ShapeError if the shapes differ; ArgumentError if the batch is empty
 * @see torch.nn.functional.soft_margin_loss
 * @example
 * softMarginLoss(tensor([0, 2]), tensor([1, -1]), { reduction: "none" }); // [0.6931, 2.1269]
 */
export function softMarginLoss(scores: Tensor, labels: Tensor, { reduction }: LossOptions = {}): Tensor {
  checkPair("softMarginLoss", scores, labels);
  return reduceLosses("softMarginLoss", softMargin(scores, labels), reduction);
}

export interface MultilabelOptions extends LossOptions {
  /** A weight for each class; broadcasts to the scores. */
  readonly weight?: Tensor | null;
}

/**
 * The mean over the classes of the cross entropy of whether each applies.
 *
 * @param scores  [..., classes], before any sigmoid
 * @param targets the same shape, within [0, 1]
 * @returns a loss for each example before the reduction: [...]
 * @throws ShapeError if the shapes do not fit; ArgumentError if the batch is empty
 * @see torch.nn.functional.multilabel_soft_margin_loss
 * @example
 * multilabelSoftMarginLoss(tensor([[0, 2]]), tensor([[1, 1]])); // 0.4100
 */
export function multilabelSoftMarginLoss(
  scores: Tensor,
  targets: Tensor,
  { weight, reduction }: MultilabelOptions = {},
): Tensor {
  const operation = "multilabelSoftMarginLoss";
  if (scores.rank === 0) throw new ShapeError(operation, [scores.shape], "expected scores [..., classes]");
  checkPair(operation, scores, targets);
  const each = neg(add(mul(targets, logSigmoid(scores)), mul(sub(1, targets), logSigmoid(neg(scores)))));
  if (weight) checkFits(operation, scores, weight, "weights");
  return reduceLosses(operation, mean(weight ? mul(each, weight) : each, { axis: -1 }), reduction);
}
