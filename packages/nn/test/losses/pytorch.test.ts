import { backward, fromData, logSoftmax, mul, parameter, sum, type Tensor } from "@isograd/autograd";
import * as nn from "@isograd/nn";
import { describe, it } from "vitest";
import { expectTensor, type Packed, readCases, unpack } from "../reference/cases.ts";

interface Operand extends Packed {
  readonly integer: boolean;
}

interface LossCase {
  readonly name: keyof typeof nn;
  readonly operands: readonly Operand[];
  readonly options: Readonly<Record<string, unknown>>;
  /** For each reduction the losses, and the gradients to the first operands of their weighted sum. */
  readonly answers: Readonly<Record<string, { readonly loss: Packed; readonly grads: readonly Packed[] }>>;
}

const isOperand = (value: unknown): value is Operand => typeof value === "object" && value !== null;

/** Numbers from 1 to 2, evenly spaced: what generate.py weights each loss with. */
function weightsLike(loss: Tensor): Tensor {
  const step = loss.size > 1 ? 1 / (loss.size - 1) : 0;
  return fromData(
    Float64Array.from({ length: loss.size }, (_, k) => 1 + k * step),
    loss.shape,
  );
}

/** PyTorch's gradient of its CTC loss is the one behind a softmax. */
const ctcLoss: typeof nn.ctcLoss = (logits, ...rest) => nn.ctcLoss(logSoftmax(logits, -1), ...rest);

const runs = readCases<LossCase>("losses.json").flatMap((example, position) =>
  Object.entries(example.answers).map(([reduction, answer]) => ({ ...example, position, reduction, answer })),
);

describe("agrees with PyTorch", () => {
  it.each(runs)("$name, case $position, $options, reduction $reduction", (run) => {
    const { name, operands, options, reduction, answer } = run;
    const tensors = operands.map((packed, k) => {
      const value = unpack(packed, packed.integer);
      return k < answer.grads.length ? parameter(value) : value;
    });
    const settings = Object.entries(options).map(([key, value]) => [
      key,
      isOperand(value) ? unpack(value) : value,
    ]);
    const loss = { ...nn, ctcLoss }[name] as (...given: unknown[]) => Tensor;
    const losses = loss(...tensors, { ...Object.fromEntries(settings), reduction });
    expectTensor(losses, answer.loss);
    backward(sum(mul(losses, weightsLike(losses))));
    answer.grads.forEach((grad, k) => {
      expectTensor(tensors[k].grad, grad, 1e-7, 1e-9);
    });
  });
});
