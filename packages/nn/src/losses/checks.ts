import {
  ArgumentError,
  broadcastShapes,
  DtypeError,
  everyValue,
  ShapeError,
  type Tensor,
} from "@isograd/autograd";

/** @throws ArgumentError if the batch has no elements: its mean would be NaN */
export function checkBatch(operation: string, batch: Tensor): void {
  if (batch.size === 0) throw new ArgumentError(operation, "expected a batch that is not empty", batch.shape);
}

export const sameExtents = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((extent, axis) => extent === b[axis]);

/** @throws ShapeError if the shapes differ: broadcasting [n] against [n, 1] is the classic silent mistake */
export function checkSameShape(operation: string, outputs: Tensor, targets: Tensor): void {
  if (!sameExtents(outputs.shape, targets.shape)) {
    throw new ShapeError(
      operation,
      [outputs.shape, targets.shape],
      "expected outputs and targets of the same shape",
    );
  }
}

/** Both checks, for losses of outputs and targets element by element. */
export function checkPair(operation: string, outputs: Tensor, targets: Tensor): void {
  checkSameShape(operation, outputs, targets);
  checkBatch(operation, outputs);
}

/** @throws ShapeError unless what is given besides broadcasts to the shape of the losses */
export function checkFits(operation: string, losses: Tensor, given: Tensor, what: string): void {
  const { shape } = losses;
  if (given.rank <= shape.length && broadcastShapes(operation, [shape, given.shape]).join() === shape.join())
    return;
  throw new ShapeError(operation, [shape, given.shape], `expected ${what} that broadcast to the losses`);
}

/**
 * Checks class labels, all of them, also where one tensor stands for many examples.
 *
 * @param ignored a label that may come besides the classes
 * @returns whether that came
 * @throws DtypeError unless they are `i32`; ArgumentError, with its row, if one is no class
 */
export function checkClasses(operation: string, labels: Tensor, classes: number, ignored?: number): boolean {
  if (labels.dtype !== "i32") throw new DtypeError(operation, [labels.dtype], "expected class labels of i32");
  const values = everyValue(labels);
  let isAnyIgnored = false;
  for (let k = 0; k < values.length; k++) {
    const label = values[k];
    if (label === ignored) isAnyIgnored = true;
    else if (!(label >= 0 && label < classes)) throw noClass(operation, labels, classes, k);
  }
  return isAnyIgnored;
}

function noClass(operation: string, labels: Tensor, classes: number, position: number): ArgumentError {
  const values = everyValue(labels);
  const row = Math.floor(position / (values.length / (labels.shape[0] ?? 1)));
  // Where one tensor stands for many examples, their order is not known.
  const place = values.length === labels.size ? `, row ${row} differs` : "";
  const rule = `expected class labels from 0 to ${classes - 1}${place}`;
  return new ArgumentError(operation, rule, values[position]);
}

/** @throws ArgumentError if a label is neither 1 nor -1 */
export function checkSigns(operation: string, labels: Tensor): void {
  const wrong = everyValue(labels).find((label) => label !== 1 && label !== -1);
  if (wrong !== undefined) throw new ArgumentError(operation, "expected labels 1 and -1", wrong);
}
