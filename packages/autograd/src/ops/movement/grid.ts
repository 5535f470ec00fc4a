import { ShapeError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { alongAxis, expand, flatten, transpose } from "./movement.ts";
import { stack } from "./stack.ts";

/** Which axis the first vector runs along: the first (matrices), or the second, as x runs in pictures. */
export type GridIndexing = "ij" | "xy";

/**
 * The coordinates of a grid: each vector stretched over the axes of all the others, as views.
 *
 * @returns one tensor a vector, of shape [n₁, n₂, …], for "xy" [n₂, n₁, …]
 * @throws ShapeError unless they are vectors or scalars
 * @see torch.meshgrid
 * @example
 * meshgrid([tensor([1, 2]), tensor([3, 4, 5])]); // [[[1, 1, 1], [2, 2, 2]], [[3, 4, 5], [3, 4, 5]]]
 * meshgrid([tensor([1, 2]), tensor([3, 4, 5])], "xy")[0]; // [[1, 2], [1, 2], [1, 2]]
 */
export function meshgrid(vectors: readonly Tensor[], indexing: GridIndexing = "ij"): Tensor[] {
  const wrong = vectors.find(({ rank }) => rank > 1);
  if (wrong !== undefined) throw new ShapeError("meshgrid", [wrong.shape], "expected vectors");
  const shape = vectors.map(({ size }) => size);
  const grids = vectors.map((x, k) => expand(alongAxis(x, k, shape.length), shape));
  return indexing === "xy" && vectors.length > 1 ? grids.map((grid) => transpose(grid, 0, 1)) : grids;
}

/**
 * All ways to take one element of each vector: [n₁ · n₂ · …, vectors], or the only vector itself.
 *
 * @see torch.cartesian_prod
 * @example
 * cartesianProd([tensor([1, 2]), tensor([3, 4])]); // [[1, 3], [1, 4], [2, 3], [2, 4]]
 */
export function cartesianProd(vectors: readonly Tensor[]): Tensor {
  if (vectors.length === 1) return vectors[0];
  return stack(
    meshgrid(vectors).map((grid) => flatten(grid)),
    1,
  );
}
