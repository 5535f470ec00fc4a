import { ArgumentError, ShapeError, Tensor } from "@isograd/autograd";
import { Module } from "../module/module.ts";

/** What can be trained: a module, or any function of tensors. */
export type Model<Input = Tensor, Output = Tensor> =
  | Module<readonly [input: Input], Output>
  | ((input: Input) => Output);

/** What a model makes of a batch. */
export function applyModel<Input, Output>(model: Model<Input, Output>, input: Input): Output {
  return model instanceof Module ? model.call(input) : model(input);
}

/** Runs `f` with a module in evaluation mode, and puts every module back into the mode it was in. */
export async function inEvaluation<R>(model: unknown, f: () => Promise<R>): Promise<R> {
  const modules = model instanceof Module ? model.modules() : [];
  const before = modules.map(({ training }) => training);
  for (const module of modules) module.training = false;
  try {
    return await f();
  } finally {
    modules.forEach((module, k) => {
      module.training = before[k];
    });
  }
}

/** @throws ShapeError or ArgumentError unless the loss is one number */
export function checkLoss(operation: string, loss: unknown): Tensor {
  if (loss instanceof Tensor && loss.size === 1) return loss;
  if (loss instanceof Tensor)
    throw new ShapeError(operation, [loss.shape], "expected a loss with one element");
  throw new ArgumentError(operation, "expected a loss function that returns a tensor", loss);
}
