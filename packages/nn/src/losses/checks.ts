import { ArgumentError, ShapeError, type Tensor } from "@isograd/autograd";

/** @throws ArgumentError if the batch has no elements: its mean would be NaN */
export function checkBatch(operation: string, batch: Tensor): void {
  if (batch.size === 0) throw new ArgumentError(operation, "expected a batch that is not empty", batch.shape);
}

/** @throws ShapeError if the shapes differ: broadcasting [n] against [n, 1] is the classic silent mistake */
export function checkSameShape(operation: string, outputs: Tensor, targets: Tensor): void {
  if (outputs.shape.join() !== targets.shape.join()) {
    throw new ShapeError(
      operation,
      [outputs.shape, targets.shape],
      "expected outputs and targets of the same shape",
    );
  }
}
