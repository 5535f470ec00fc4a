import { add, mul, neg, softplus, sub, type Tensor } from "@isograd/autograd";
import { checkBatch, checkSameShape } from "./checks.ts";
import { type LossOptions, reduceLosses } from "./reduction.ts";

/**
 * The cross entropy of independent yes-or-no questions, from logits: exact where the sigmoid itself would round to 0 or 1.
 *
 * @param logits  any shape: scores before any sigmoid
 * @param targets the same shape, within [0, 1]
 * @throws ShapeError if the shapes differ; ArgumentError if the batch is empty
 * @see torch.nn.functional.binary_cross_entropy_with_logits
 */
export function binaryCrossEntropyWithLogits(
  logits: Tensor,
  targets: Tensor,
  { reduction }: LossOptions = {},
): Tensor {
  checkSameShape("binaryCrossEntropyWithLogits", logits, targets);
  checkBatch("binaryCrossEntropyWithLogits", logits);
  const losses = add(mul(targets, softplus(neg(logits))), mul(sub(1, targets), softplus(logits)));
  return reduceLosses("binaryCrossEntropyWithLogits", losses, reduction);
}
