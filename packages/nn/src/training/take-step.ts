import { add, backward, mul, NonFiniteError, Tensor } from "@isograd/autograd";
import { checkFiniteRows } from "../data/finite.ts";
import { Module } from "../module/module.ts";
import type { Batch } from "./groups.ts";
import { applyModel, checkLoss } from "./model.ts";
import type { TrainOptions } from "./train-options.ts";

const rowsOf = ({ targets }: Batch<unknown>): number => targets.shape[0] ?? 1;

/** One step of the optimizer on batches that count as one. */
export function takeStep<Input, Output>(
  options: TrainOptions<Input, Output>,
  group: readonly Batch<Input>[],
  step: number,
  epoch: number,
): { readonly loss: number; readonly rows: number } {
  const { model, optimizer } = options;
  if (model instanceof Module && !model.training) model.train();
  const rows = group.reduce((sum, batch) => sum + rowsOf(batch), 0);
  const lossOf = (batch: Batch<Input>, isFirst: boolean): Tensor => {
    const loss = checkLoss("train", options.loss(applyModel(model, batch.inputs), batch.targets));
    const value = isFirst && options.errorIfNonFinite !== false ? loss.item() : 0;
    if (!Number.isFinite(value)) {
      throw new NonFiniteError(
        `train: the loss is ${value} at step ${step} (epoch ${epoch}); the parameters are those before the step`,
      );
    }
    return group.length === 1 ? loss : mul(loss, rowsOf(batch) / rows);
  };
  if ("evaluates" in optimizer) {
    let calls = 0;
    const whole = (): Tensor => {
      calls++;
      return group.map((batch) => lossOf(batch, calls === 1)).reduce((total, loss) => add(total, loss));
    };
    return { loss: optimizer.step(whole), rows };
  }
  optimizer.zeroGrad();
  let mean = 0;
  for (const batch of group) {
    const loss = lossOf(batch, true);
    backward(loss);
    mean += loss.item();
  }
  optimizer.step();
  return { loss: mean, rows };
}

/** @throws NonFiniteError naming the row if the batch holds NaN or infinities */
export function checkData({ inputs, targets }: Batch<unknown>): void {
  if (inputs instanceof Tensor) checkFiniteRows("train", "inputs of the batch", inputs, (row) => row);
  checkFiniteRows("train", "targets of the batch", targets, (row) => row);
}
