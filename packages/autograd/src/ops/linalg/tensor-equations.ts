import { ArgumentError, ShapeError } from "../../errors.ts";
import { normalizeAxis, sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { permute, reshape } from "../movement/movement.ts";
import { inv } from "./inv.ts";
import { solve } from "./solve.ts";

/**
 * The inverse of a tensor as a map from its last axes to its first `ind` ones, to be applied with `tensordot`.
 *
 * @param x [...a, ...b], `a` of `ind` axes, both of the same size
 * @returns [...b, ...a]
 * @throws ShapeError unless the sizes are equal; ArgumentError if `ind` is not positive, or the map is singular
 * @see torch.linalg.tensorinv
 * @example
 * const twice = reshape(mul(2, eye(4)), [2, 2, 4]);
 * tensorinv(twice).shape; // [4, 2, 2]
 * tensordot(tensorinv(twice), tensor([[2, 4], [6, 8]])); // [1, 2, 3, 4]
 */
export function tensorinv(x: Tensor, { ind = 2 }: { readonly ind?: number } = {}): Tensor {
  if (!Number.isInteger(ind) || ind <= 0)
    throw new ArgumentError("tensorinv", "expected a positive number of axes", ind);
  const [first, last] = [x.shape.slice(0, ind), x.shape.slice(ind)];
  if (sizeOf(first) !== sizeOf(last))
    throw new ShapeError(
      "tensorinv",
      [first, last],
      `expected the first ${ind} axes to be as large as the others`,
    );
  return reshape(inv(reshape(x, [sizeOf(first), sizeOf(last)])), [...last, ...first]);
}

/**
 * Solves tensordot(a, x) = b for x, over all axes of x.
 *
 * @param a    [...b, ...x]
 * @param axes of `a` that are moved to its end first
 * @returns the last axes of `a`, beyond those of `b`
 * @throws ShapeError unless x and b are of one size; ArgumentError if the map is singular
 * @see torch.linalg.tensorsolve
 * @example
 * tensorsolve(reshape(mul(2, eye(4)), [2, 2, 4]), tensor([[2, 4], [6, 8]])); // [1, 2, 3, 4]
 */
export function tensorsolve(
  a: Tensor,
  b: Tensor,
  { axes = [] }: { readonly axes?: readonly number[] } = {},
): Tensor {
  const last = axes.map((axis) => normalizeAxis("tensorsolve", axis, a.rank));
  const first = a.shape.map((_, axis) => axis).filter((axis) => !last.includes(axis));
  const ordered = permute(a, [...first, ...last]);
  const shape = ordered.shape.slice(b.rank);
  const size = sizeOf(shape);
  if (size !== b.size || a.size !== size * size)
    throw new ShapeError(
      "tensorsolve",
      [ordered.shape, b.shape],
      "expected [...b, ...x] and [...b] with x as large as b",
    );
  return reshape(solve(reshape(ordered, [size, size]), reshape(b, [size])), shape);
}
