import { checkShape, withRank } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { expand, reshape } from "./movement.ts";

/**
 * The whole tensor again and again along its axes.
 *
 * @param times how often, for each axis from the last; more of them than axes add axes in front
 * @throws ShapeError unless they are integers and not negative
 * @see torch.tile, torch.Tensor.repeat
 * @example
 * tile(tensor([1, 2]), [2]); // [1, 2, 1, 2]
 * tile(tensor([1, 2]), [2, 1]); // [[1, 2], [1, 2]]
 */
export function tile(x: Tensor, times: readonly number[]): Tensor {
  checkShape("tile", times);
  const rank = Math.max(x.rank, times.length);
  const extents = withRank(x.shape, rank);
  const counts = withRank(times, rank);
  const apart = extents.flatMap((extent) => [1, extent]);
  const repeated = extents.flatMap((extent, axis) => [counts[axis], extent]);
  return reshape(
    expand(reshape(x, apart), repeated),
    extents.map((extent, axis) => counts[axis] * extent),
  );
}
