import { backward } from "@isograd/autograd";
import type { Module, Optimizer } from "@isograd/nn";
import type { Step } from "../../advise/contestant.ts";
import type { Loss } from "../../trace/trace.ts";

/** Makes the optimizer of a model. */
export type MakeOptimizer = (subject: { readonly model: Module }) => Optimizer;

/** What trains a model by one step a batch. */
export function stepsOf(model: Module, loss: Loss, makeOptimizer: MakeOptimizer): Step {
  const optimizer = makeOptimizer({ model });
  return ({ inputs, targets }) => {
    optimizer.zeroGrad();
    const value = loss(model.call(inputs), targets);
    const before = value.item();
    if (Number.isFinite(before)) {
      backward(value);
      optimizer.step();
    }
    return before;
  };
}
