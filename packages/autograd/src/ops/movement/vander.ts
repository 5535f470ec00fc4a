import { ones } from "../../create.ts";
import { ArgumentError, ShapeError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { stack } from "./stack.ts";

/**
 * The powers 0 to `columns` - 1 of each element, along a last axis.
 *
 * @param x [..., n]
 * @param columns default n
 * @returns [..., n, columns]
 * @throws ShapeError for a scalar; ArgumentError unless `columns` is a positive integer
 * @see torch.linalg.vander
 * @example
 * vander(tensor([1, 2, 3])); // [[1, 1, 1], [1, 2, 4], [1, 3, 9]]
 */
export function vander(x: Tensor, columns = x.shape[x.rank - 1]): Tensor {
  if (x.rank === 0) throw new ShapeError("vander", [x.shape], "expected [..., n]");
  if (!Number.isInteger(columns) || columns < 1)
    throw new ArgumentError("vander", "expected a positive number of columns", columns);
  const powers = [ones(x.shape, x.dtype)];
  while (powers.length < columns) powers.push(powers.length === 1 ? x : mul(powers[powers.length - 1], x));
  return stack(powers, -1);
}
