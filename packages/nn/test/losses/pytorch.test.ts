import { backward, fromData, mul, parameter, sum, type Tensor } from "@isograd/autograd";
import {
  binaryCrossEntropyWithLogits,
  crossEntropy,
  type LossOptions,
  mseLoss,
  type Reduction,
} from "@isograd/nn";
import { describe, it } from "vitest";
import { expectTensor, type Packed, readCases, unpack } from "../reference/cases.ts";

interface LossCase {
  readonly name: "mseLoss" | "crossEntropy" | "binaryCrossEntropyWithLogits";
  readonly outputs: Packed;
  readonly targets: Packed;
  /** The targets are class labels. */
  readonly integer: boolean;
  readonly answers: Readonly<Record<Reduction, { readonly loss: Packed; readonly grad: Packed }>>;
}

const losses = { mseLoss, crossEntropy, binaryCrossEntropyWithLogits };

/** Numbers from 1 to 2, evenly spaced: what generate.py weights each loss with. */
function weightsLike(loss: Tensor): Tensor {
  const step = loss.size > 1 ? 1 / (loss.size - 1) : 0;
  return fromData(
    Float64Array.from({ length: loss.size }, (_, k) => 1 + k * step),
    loss.shape,
  );
}

describe.each(readCases<LossCase>("losses.json"))("$name of $outputs.shape and $targets.shape", (example) => {
  it.each(["mean", "sum", "none"] as const)("agrees with PyTorch, reduction %s", (reduction) => {
    const outputs = parameter(unpack(example.outputs));
    const options: LossOptions = { reduction };
    const loss = losses[example.name](outputs, unpack(example.targets, example.integer), options);
    const answer = example.answers[reduction];
    expectTensor(loss, answer.loss);
    backward(sum(mul(loss, weightsLike(loss))));
    expectTensor(outputs.grad, answer.grad, 1e-7, 1e-9);
  });
});
