import { fromData } from "../../create.ts";
import { ArgumentError, ShapeError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { where } from "../elementwise/choice.ts";

/** Whether each element of matrices [..., rows, columns] is kept: on one side of a diagonal. */
function side(operation: string, x: Tensor, diagonal: number, keeps: (above: number) => boolean): Tensor {
  if (x.rank < 2) throw new ShapeError(operation, [x.shape], "expected [..., rows, columns]");
  if (!Number.isInteger(diagonal)) throw new ArgumentError(operation, "expected a whole diagonal", diagonal);
  const [rows, columns] = x.shape.slice(-2);
  const kept = new Uint8Array(rows * columns);
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < columns; j++, at++) kept[at] = keeps(j - i - diagonal) ? 1 : 0;
  return where(fromData(kept, [rows, columns]), x, 0);
}

/**
 * Matrices with zeros above a diagonal: 0 the main one, positive above it.
 *
 * @throws ShapeError for less than two axes
 * @see torch.tril
 * @example
 * tril(tensor([[1, 2], [3, 4]])); // [[1, 0], [3, 4]]
 * tril(tensor([[1, 2], [3, 4]]), -1); // [[0, 0], [3, 0]]
 */
export function tril(x: Tensor, diagonal = 0): Tensor {
  return side("tril", x, diagonal, (above) => above <= 0);
}

/**
 * Matrices with zeros below a diagonal: 0 the main one, positive above it.
 *
 * @throws ShapeError for less than two axes
 * @see torch.triu
 * @example
 * triu(tensor([[1, 2], [3, 4]])); // [[1, 2], [0, 4]]
 * triu(tensor([[1, 2], [3, 4]]), 1); // [[0, 2], [0, 0]]
 */
export function triu(x: Tensor, diagonal = 0): Tensor {
  return side("triu", x, diagonal, (above) => above >= 0);
}
