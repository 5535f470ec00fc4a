import { ArgumentError } from "../../errors.ts";
import { normalizeAxis } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { flatten, reshape, transpose } from "./movement.ts";
import { concat, flip, slice } from "./slice.ts";

/**
 * Elements shifted along axes; what falls off at the end comes in at the beginning.
 *
 * @param shifts one for each of `axes`, or one number
 * @param axes default: the tensor is rolled as one row of all its elements
 * @throws ArgumentError unless there is one integer an axis
 * @see torch.roll
 * @example
 * roll(tensor([1, 2, 3, 4]), 1); // [4, 1, 2, 3]
 * roll(tensor([[1, 2], [3, 4]]), 1, 0); // [[3, 4], [1, 2]]
 */
export function roll(
  x: Tensor,
  shifts: number | readonly number[],
  axes?: number | readonly number[],
): Tensor {
  const [listed, along] = [[shifts].flat(), [axes ?? []].flat()];
  if (axes === undefined && listed.length === 1) return reshape(roll(flatten(x), listed, 0), x.shape);
  if (listed.length !== along.length || !listed.every(Number.isInteger))
    throw new ArgumentError("roll", `expected one integer for each of ${along.length} axes`, shifts);
  return along.reduce((result, axis, k) => rollAlong(result, listed[k], axis), x);
}

function rollAlong(x: Tensor, shift: number, axis: number): Tensor {
  const at = normalizeAxis("roll", axis, x.rank);
  const extent = x.shape[at];
  const moved = extent === 0 ? 0 : ((shift % extent) + extent) % extent;
  if (moved === 0) return x;
  const cut = extent - moved;
  return concat([slice(x, at, { start: cut }), slice(x, at, { end: cut })], at);
}

/**
 * A plane turned by quarter turns, from its first axis towards its second, as a view.
 *
 * @throws ArgumentError unless the two axes differ and the turns are whole
 * @see torch.rot90
 * @example
 * rot90(tensor([[1, 2], [3, 4]])); // [[2, 4], [1, 3]]
 */
export function rot90(x: Tensor, turns = 1, axes: readonly [number, number] = [0, 1]): Tensor {
  const [first, second] = axes.map((axis) => normalizeAxis("rot90", axis, x.rank));
  if (axes.length !== 2 || first === second)
    throw new ArgumentError("rot90", "expected two different axes", axes);
  if (!Number.isInteger(turns)) throw new ArgumentError("rot90", "expected whole quarter turns", turns);
  const quarter = ((turns % 4) + 4) % 4;
  if (quarter === 0) return x;
  if (quarter === 2) return flip(x, [first, second]);
  return quarter === 1
    ? flip(transpose(x, first, second), [first])
    : flip(transpose(x, first, second), [second]);
}
