import { ArgumentError, ShapeError } from "../../errors.ts";
import { normalizeAxis, sameShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { atleast1d, atleast2d, atleast3d } from "./atleast.ts";
import { reshape, unsqueeze } from "./movement.ts";
import { concat } from "./slice.ts";

/**
 * Tensors of one shape side by side along a new axis.
 *
 * @throws ShapeError if the shapes differ
 * @see torch.stack
 * @example
 * stack([tensor([1, 2]), tensor([3, 4])]); // [[1, 2], [3, 4]]
 * stack([tensor([1, 2]), tensor([3, 4])], 1); // [[1, 3], [2, 4]]
 */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  if (tensors.length === 0) throw new ArgumentError("stack", "expected at least one tensor", tensors);
  const [{ shape, rank }] = tensors;
  const at = normalizeAxis("stack", axis, rank + 1);
  if (!tensors.every((x) => sameShape(x.shape, shape))) {
    throw new ShapeError(
      "stack",
      tensors.map((x) => x.shape),
      "expected equal shapes",
    );
  }
  return concat(
    tensors.map((x) => unsqueeze(x, at)),
    at,
  );
}

/**
 * Vectors one after the other, anything else along its second axis.
 *
 * @throws ShapeError if other extents differ
 * @see torch.hstack
 * @example
 * hstack([tensor([1, 2]), tensor([3])]); // [1, 2, 3]
 * hstack([tensor([[1], [2]]), tensor([[3], [4]])]); // [[1, 3], [2, 4]]
 */
export function hstack(tensors: readonly Tensor[]): Tensor {
  const parts = tensors.map(atleast1d);
  return concat(parts, parts[0]?.rank === 1 ? 0 : 1);
}

/**
 * Tensors one below the other, a vector as one row.
 *
 * @throws ShapeError if other extents differ
 * @see torch.vstack
 * @example
 * vstack([tensor([1, 2]), tensor([[3, 4], [5, 6]])]); // [[1, 2], [3, 4], [5, 6]]
 */
export function vstack(tensors: readonly Tensor[]): Tensor {
  return concat(tensors.map(atleast2d), 0);
}

/**
 * Tensors one behind the other along the third axis.
 *
 * @throws ShapeError if other extents differ
 * @see torch.dstack
 * @example
 * dstack([tensor([1, 2]), tensor([3, 4])]); // [[[1, 3], [2, 4]]]
 */
export function dstack(tensors: readonly Tensor[]): Tensor {
  return concat(tensors.map(atleast3d), 2);
}

/**
 * Columns side by side, a vector as one column.
 *
 * @throws ShapeError if other extents differ
 * @see torch.column_stack
 * @example
 * columnStack([tensor([1, 2]), tensor([3, 4])]); // [[1, 3], [2, 4]]
 */
export function columnStack(tensors: readonly Tensor[]): Tensor {
  return concat(
    tensors.map((x) => (x.rank < 2 ? reshape(x, [x.size, 1]) : x)),
    1,
  );
}
