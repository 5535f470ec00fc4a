import { square, sub, type Tensor } from "@isograd/autograd";
import { checkBatch, checkSameShape } from "./checks.ts";
import { type LossOptions, reduceLosses } from "./reduction.ts";

/**
 * The squared differences (outputs - targets)².
 *
 * @param outputs any shape
 * @param targets the same shape; nothing is broadcast
 * @throws ShapeError if the shapes differ; ArgumentError if the batch is empty
 * @see torch.nn.functional.mse_loss
 */
export function mseLoss(outputs: Tensor, targets: Tensor, { reduction }: LossOptions = {}): Tensor {
  checkSameShape("mseLoss", outputs, targets);
  checkBatch("mseLoss", outputs);
  return reduceLosses("mseLoss", square(sub(outputs, targets)), reduction);
}
