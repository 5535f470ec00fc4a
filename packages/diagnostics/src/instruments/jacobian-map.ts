import { fromData, gradients, parameter, type Tensor, zeros } from "@isograd/autograd";
import { precisionOf, unflatten } from "./parameters.ts";
import { undisturbed } from "./undisturbed.ts";

/** A matrix that is known by its products. */
export interface LinearMap {
  readonly rows: number;
  readonly columns: number;
  /** See `SymmetricMap`. */
  readonly precision: number;
  apply(v: Float64Array): Float64Array;
  applyTransposed(u: Float64Array): Float64Array;
}

/**
 * How the outputs of each example depend on its own inputs, both with the examples on the first axis, as maps. What examples do to each other, in
 * batch normalization, stays what it is, and is no part of them.
 */
export function jacobianMaps(y: Tensor, x: Tensor, examples: number): LinearMap[] {
  const [rows, columns] = [y.size / y.shape[0], x.size / x.shape[0]];
  if (y.node === null) return Array.from({ length: examples }, () => zeroMap(rows, columns));
  const precision = precisionOf([x, y]);
  // The gradient is linear in the cotangent: its own transpose goes forward.
  const cotangent = parameter(zeros(y.shape, y.dtype));
  const [pulled] = undisturbed(() => gradients(y, [x], { cotangent, createGraph: true, retainGraph: true }));
  const pull = (from: Tensor, to: Tensor, seed: Tensor): Tensor =>
    undisturbed(() => gradients(from, [to], { cotangent: seed, retainGraph: true })[0]);
  return Array.from({ length: examples }, (_, example) => ({
    rows,
    columns,
    precision,
    apply: (v) =>
      pulled.requiresGrad
        ? rowOf(pull(pulled, cotangent, placed(v, x, example)), example)
        : new Float64Array(rows),
    applyTransposed: (u) => rowOf(pull(y, x, placed(u, y, example)), example),
  }));
}

const zeroMap = (rows: number, columns: number): LinearMap => ({
  rows,
  columns,
  precision: 0,
  apply: () => new Float64Array(rows),
  applyTransposed: () => new Float64Array(columns),
});

/** A tensor like `like`, zero but for one example. */
function placed(values: Float64Array, like: Tensor, example: number): Tensor {
  const all = new Float64Array(like.size);
  all.set(values, example * values.length);
  return unflatten(all, [like])[0];
}

function rowOf(x: Tensor, example: number): Float64Array {
  const size = x.size / x.shape[0];
  return Float64Array.from(x.values().subarray(example * size, (example + 1) * size));
}

/** The whole matrix [rows, columns], row by row or column by column, whichever are fewer. */
export function dense({ rows, columns, apply, applyTransposed }: LinearMap): Tensor {
  const matrix = new Float64Array(rows * columns);
  const unit = (size: number, k: number): Float64Array => new Float64Array(size).fill(1, k, k + 1);
  if (rows <= columns) for (let i = 0; i < rows; i++) matrix.set(applyTransposed(unit(rows, i)), i * columns);
  else
    for (let j = 0; j < columns; j++)
      apply(unit(columns, j)).forEach((value, i) => {
        matrix[i * columns + j] = value;
      });
  return fromData(matrix, [rows, columns]);
}
