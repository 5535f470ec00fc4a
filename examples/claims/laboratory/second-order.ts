import { setImmediate } from "node:timers/promises";
import { NonFiniteError, type Tensor } from "@isograd/autograd";
import type { BatchSource, Module, SecondOrderOptimizer } from "@isograd/nn";
import type { Task } from "./task.ts";

export interface SecondOrderTraining {
  readonly task: Task;
  readonly model: Module<readonly [Tensor], Tensor>;
  readonly optimizer: SecondOrderOptimizer;
  readonly data: BatchSource;
  readonly steps: number;
  readonly signal?: AbortSignal;
}

/**
 * `train` for optimizers that look at outputs and loss apart.
 *
 * @returns the loss before the last step
 * @throws NonFiniteError if the loss is not finite
 */
export async function trainBySecondOrder(training: SecondOrderTraining): Promise<number> {
  const { task, model, optimizer, data, steps, signal } = training;
  let value = Number.NaN;
  for (let step = 0; step < steps; )
    for await (const { inputs, targets } of data) {
      value = optimizer.step({
        outputs: () => model.call(inputs),
        loss: (outputs) => task.loss(outputs, targets),
      });
      if (!Number.isFinite(value)) throw new NonFiniteError(`the loss is ${value}`);
      await setImmediate(); // for Ctrl-C
      signal?.throwIfAborted();
      if (++step === steps) break;
    }
  return value;
}
