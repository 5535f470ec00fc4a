import {
  add,
  clamp,
  defineElementwise,
  log,
  log1p,
  lt,
  mul,
  neg,
  type Scalar,
  softplus,
  sub,
  type Tensor,
  type TensorLike,
  where,
} from "@isograd/autograd";
import { checkFits, checkPair } from "./checks.ts";
import { type LossOptions, reduceLosses } from "./reduction.ts";

export interface BinaryOptions extends LossOptions {
  /** The weight of each element; broadcasts to the losses. The mean is over all elements, whatever they weigh. */
  readonly weight?: Tensor | null;
}

export interface BinaryLogitsOptions extends BinaryOptions {
  /** The weight of a target of 1 against one of 0, above 1 for more recall; broadcasts to the losses. */
  readonly posWeight?: Tensor | null;
}

/** Both halves keep their digits where they are small. */
const logitLoss = /* @__PURE__ */ defineElementwise(
  "binaryCrossEntropyWithLogits",
  (logit: Scalar, target: Scalar, yesWeight: Scalar) =>
    add(mul(mul(yesWeight, target), softplus(neg(logit))), mul(sub(1, target), softplus(logit))),
);

/**
 * The cross entropy of independent yes-or-no questions, from logits: exact where the sigmoid itself would round to 0 or 1.
 *
 * @param logits  any shape: scores before any sigmoid
 * @param targets the same shape, within [0, 1]
 * @throws ShapeError if the shapes do not fit; ArgumentError if the batch is empty
 * @see torch.nn.functional.binary_cross_entropy_with_logits
 * @example
 * binaryCrossEntropyWithLogits(tensor([0, 100]), tensor([1, 0]), { reduction: "none" }); // [0.6931, 100]
 */
export function binaryCrossEntropyWithLogits(
  logits: Tensor,
  targets: Tensor,
  { reduction, weight, posWeight }: BinaryLogitsOptions = {},
): Tensor {
  const operation = "binaryCrossEntropyWithLogits";
  checkPair(operation, logits, targets);
  if (posWeight) checkFits(operation, logits, posWeight, "positive weights");
  const losses = logitLoss(logits, targets, posWeight ?? 1);
  return reduceLosses(operation, weighted(operation, losses, weight), reduction);
}

/**
 * The cross entropy of independent yes-or-no questions, from probabilities.
 *
 * A logarithm counts as at least -100, and its slope as at most 10¹²: a question that is answered wrongly with certainty costs much, and
 * still tells the way back. {@link binaryCrossEntropyWithLogits} needs neither limit.
 *
 * @param probabilities any shape, within [0, 1]
 * @param targets       the same shape, within [0, 1]
 * @throws ShapeError if the shapes do not fit; ArgumentError if the batch is empty
 * @see torch.nn.functional.binary_cross_entropy
 * @example
 * binaryCrossEntropy(tensor([0.5, 0.8]), tensor([0, 1])); // 0.4581
 */
export function binaryCrossEntropy(
  probabilities: Tensor,
  targets: Tensor,
  { reduction, weight }: BinaryOptions = {},
): Tensor {
  const operation = "binaryCrossEntropy";
  checkPair(operation, probabilities, targets);
  const yes = mul(targets, boundedLog(probabilities, probabilities, log));
  const no = mul(sub(1, targets), boundedLog(sub(1, probabilities), neg(probabilities), log1p));
  return reduceLosses(operation, weighted(operation, neg(add(yes, no)), weight), reduction);
}

/** The least probability whose logarithm has its own slope. */
const least = 1e-12;

/** log p, as `logarithm` of `argument` so that no digits are lost, but at least -100, with a slope of at most 1/`least`. */
function boundedLog(p: Tensor, argument: Tensor, logarithm: (x: TensorLike) => Tensor): Tensor {
  const low = lt(p, least);
  const straight = mul(sub(p, p.detach()), 1 / least);
  const bounded = clamp(log(p.detach()), -100, Number.POSITIVE_INFINITY);
  return where(low, add(straight, bounded), logarithm(where(low, 0.5, argument)));
}

function weighted(operation: string, losses: Tensor, weight: Tensor | null | undefined): Tensor {
  if (!weight) return losses;
  checkFits(operation, losses, weight, "weights");
  return mul(losses, weight);
}
