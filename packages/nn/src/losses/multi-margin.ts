import {
  ArgumentError,
  add,
  arange,
  cast,
  cumsum,
  eq,
  gather,
  logicalNot,
  lt,
  mul,
  relu,
  reshape,
  ShapeError,
  square,
  sub,
  sum,
  type Tensor,
  unsqueeze,
  where,
} from "@isograd/autograd";
import { checkBatch, checkClasses } from "./checks.ts";
import type { MarginOptions } from "./margin.ts";
import { checkWeight } from "./nll.ts";
import { reduceLosses } from "./reduction.ts";

export interface MultiMarginOptions extends MarginOptions {
  /** The power of what is lacking: 1 (default) or 2. */
  readonly p?: 1 | 2;
  /** A weight for each class: [classes]. */
  readonly weight?: Tensor | null;
}

/**
 * What the score of the right class lacks to be above each other by the margin (default 1), summed and over the number of classes.
 *
 * @param scores [batch, classes], or [classes] for one example
 * @param labels `i32` [batch], or [] for one example
 * @returns a loss for each example before the reduction
 * @throws ShapeError or DtypeError if the labels do not fit; ArgumentError if the batch is empty or a label is no class
 * @see torch.nn.functional.multi_margin_loss
 * @example
 * multiMarginLoss(tensor([[0.1, 0.2, 0.9]]), tensor([2], { dtype: "i32" })); // 0.1667
 */
export function multiMarginLoss(
  scores: Tensor,
  labels: Tensor,
  { p = 1, margin = 1, weight, reduction }: MultiMarginOptions = {},
): Tensor {
  const operation = "multiMarginLoss";
  const rows = asRows(operation, scores);
  const [batch, classes] = rows.shape;
  if (labels.size !== batch || labels.rank > 1)
    throw new ShapeError(operation, [scores.shape, labels.shape], "expected a class label for each row");
  if (p !== 1 && p !== 2) throw new ArgumentError(operation, "expected the power 1 or 2", p);
  checkClasses(operation, labels, classes);
  const column = reshape(labels, [batch, 1]);
  const lacking = relu(sub(add(rows, margin), gather(rows, 1, column)));
  const others = where(eq(column, positions(classes)), 0, p === 1 ? lacking : square(lacking));
  const weighed = weight ? mul(others, gatherColumn(checkWeight(operation, weight, rows), column)) : others;
  return perExample(operation, weighed, [1], scores, reduction);
}

/**
 * What the score of each class that applies lacks to be above that of each that does not by 1, summed and over the number of classes.
 *
 * @param scores  [batch, classes], or [classes] for one example
 * @param targets `i32` of the same shape: the classes that apply, in front; the first -1 ends them
 * @returns a loss for each example before the reduction
 * @throws ShapeError or DtypeError if the targets do not fit; ArgumentError if the batch is empty or a target is neither a class nor -1
 * @see torch.nn.functional.multilabel_margin_loss
 * @example
 * const applying = tensor([[3, 0, -1, 1]], { dtype: "i32" });
 * multilabelMarginLoss(tensor([[0.1, 0.2, 0.4, 0.8]]), applying); // 0.85
 */
export function multilabelMarginLoss(
  scores: Tensor,
  targets: Tensor,
  { reduction }: Pick<MarginOptions, "reduction"> = {},
): Tensor {
  const operation = "multilabelMarginLoss";
  const rows = asRows(operation, scores);
  if (targets.shape.join() !== scores.shape.join())
    throw new ShapeError(
      operation,
      [scores.shape, targets.shape],
      "expected targets of the shape of the scores",
    );
  const classes = rows.shape[1];
  checkClasses(operation, targets, classes, -1);
  const listed = reshape(targets, rows.shape);
  const live = eq(cumsum(cast(lt(listed, 0), "i32"), 1), 0);
  const labels = where(live, listed, 0);
  const named = mul(unsqueeze(live, 2), eq(unsqueeze(labels, 2), positions(classes)));
  const applies = sum(named, { axis: 1, keepDims: true });
  const lacking = relu(add(sub(1, unsqueeze(gather(rows, 1, labels), 2)), unsqueeze(rows, 1)));
  const counted = where(mul(unsqueeze(live, 2), logicalNot(applies)), lacking, 0);
  return perExample(operation, counted, [1, 2], scores, reduction);
}

const positions = (count: number): Tensor => arange(0, count, 1, "i32");

/** One example as a batch of one. */
function asRows(operation: string, scores: Tensor): Tensor {
  if (scores.rank > 2)
    throw new ShapeError(operation, [scores.shape], "expected [batch, classes] or [classes]");
  checkBatch(operation, scores);
  return scores.rank === 2 ? scores : reshape(scores, [1, scores.size]);
}

function gatherColumn(weight: Tensor, column: Tensor): Tensor {
  return reshape(gather(weight, 0, reshape(column, [column.size])), column.shape);
}

/** The sum of what is lacking, over the number of classes, reduced. */
function perExample(
  operation: string,
  lacking: Tensor,
  axis: readonly number[],
  scores: Tensor,
  reduction: MarginOptions["reduction"],
): Tensor {
  const classes = scores.shape[scores.rank - 1] ?? 1;
  const losses = mul(sum(lacking, { axis }), 1 / classes);
  return reduceLosses(operation, reshape(losses, scores.shape.slice(0, -1)), reduction);
}
