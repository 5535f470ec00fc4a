import { fromData } from "../../create.ts";
import { ArgumentError, DtypeError, ShapeError } from "../../errors.ts";
import { normalizeAxis } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { expand, flatten, reshape } from "../movement/movement.ts";
import { indexSelect } from "./gather.ts";

/**
 * Each slice of an axis several times in a row; without an axis, each element of all in a row.
 *
 * @param repeats a number, or `i32` [1] or [extent] with one for each slice
 * @throws ArgumentError unless they are integers and not negative; ShapeError or DtypeError if they do not fit
 * @see torch.repeat_interleave
 * @example
 * repeatInterleave(tensor([1, 2, 3]), 2); // [1, 1, 2, 2, 3, 3]
 * repeatInterleave(tensor([[1, 2], [3, 4]]), tensor([1, 2], { dtype: "i32" }), 0); // [[1, 2], [3, 4], [3, 4]]
 */
export function repeatInterleave(x: Tensor, repeats: number | Tensor, axis?: number): Tensor {
  if (axis === undefined) return repeatInterleave(flatten(x), repeats, 0);
  const at = normalizeAxis("repeatInterleave", axis, x.rank);
  if (typeof repeats === "number") return repeatEach(x, repeats, at);
  if (repeats.dtype !== "i32")
    throw new DtypeError("repeatInterleave", [repeats.dtype], "expected repeats of i32");
  const extent = x.shape[at];
  if (repeats.rank > 1 || (repeats.size !== 1 && repeats.size !== extent))
    throw new ShapeError("repeatInterleave", [x.shape, repeats.shape], `expected one repeat, or ${extent}`);
  const counts = expand(reshape(repeats, [repeats.size]), [extent]).values();
  const wrong = counts.find((count) => count < 0);
  if (wrong !== undefined)
    throw new ArgumentError("repeatInterleave", "expected repeats that are not negative", wrong);
  const picks = Array.from(counts, (count, position) => new Array<number>(count).fill(position)).flat();
  return indexSelect(x, at, fromData(Int32Array.from(picks), [picks.length]));
}

/** The same number of times for all: a stretched view, copied once. */
function repeatEach(x: Tensor, times: number, axis: number): Tensor {
  if (!Number.isInteger(times) || times < 0)
    throw new ArgumentError("repeatInterleave", "expected repeats that are not negative", times);
  const [before, after] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const extent = x.shape[axis];
  return reshape(expand(reshape(x, [...before, extent, 1, ...after]), [...before, extent, times, ...after]), [
    ...before,
    extent * times,
    ...after,
  ]);
}
