import { tensor, toTensor } from "../../create.ts";
import { ArgumentError, ShapeError } from "../../errors.ts";
import { broadcastShapes, sameShape, sizeOf } from "../../shape.ts";
import { type NestedNumbers, Tensor, type TensorLike } from "../../tensor.ts";
import { add, mul } from "../elementwise/arithmetic.ts";
import { movedim } from "../movement/movedim.ts";
import { expand, flatten, reshape, unsqueeze } from "../movement/movement.ts";
import { select } from "../movement/select.ts";
import { type Range, slice } from "../movement/slice.ts";
import { countedFromStart, overSlices } from "./check-index.ts";
import { checkElements } from "./check-source.ts";
import { gatherFrom } from "./gather.ts";
import { trueIn } from "./masked.ts";
import { type PutOptions, positionsIn, putAt } from "./take.ts";

/**
 * What stands between the brackets of `x[…]` in Python: a position, a range of positions, `null` for a new axis of extent 1, `"..."` for all
 * axes that are not named, an index (`i32`, or nested numbers), or a mask (`bool`) over as many axes as it has.
 */
export type IndexItem = number | Range | null | "..." | Tensor | readonly NestedNumbers[];

/**
 * A range for `index`, as `start:end:step` in Python.
 *
 * @example
 * index(arange(0, 6), [range(1, 5, 2)]); // [1, 3]
 * index(arange(0, 6), [range(-2)]); // [4, 5]
 */
export function range(start?: number, end?: number, step?: number): Range {
  return { start, end, step };
}

/** An index that picks along an axis. */
interface Pick {
  readonly axis: number;
  readonly index: Tensor;
}

/**
 * Elements of a tensor, as `x[…]` in Python gives them: ranges, positions and new axes as a view; indices and masks pick.
 *
 * Indices broadcast together. Their axes stand where the indices stood if these were neighbours, else in front. A scalar index is a position.
 * Positions count from the end where negative.
 *
 * @throws ArgumentError, ShapeError or DtypeError if an item does not fit
 * @see torch.Tensor.__getitem__
 * @example
 * index(tensor([[0, 1, 2], [3, 4, 5]]), [1, range(1, 3)]); // [4, 5]
 * const x = tensor([[0, 1, 2], [3, 4, 5]]);
 * // In Python x[..., None, 0], x[:, [2, 0]] and x[x > 2].
 * index(x, ["...", null, 0]); // [[0], [3]]
 * index(x, [range(), [2, 0]]); // [[2, 0], [5, 3]]
 * index(x, [gt(x, 2)]); // [3, 4, 5]
 */
export function index(x: Tensor, items: readonly IndexItem[]): Tensor {
  let result = x;
  let axis = 0;
  const picks: Pick[] = [];
  const pick = (along: Tensor): void => {
    picks.push({ axis, index: along });
    axis++;
  };
  for (const item of spelledOut(x, items)) {
    if (item === null) {
      result = unsqueeze(result, axis++);
    } else if (typeof item === "number") {
      result = select(result, axis, item);
    } else if (!(item instanceof Tensor)) {
      if (item.start !== undefined || item.end !== undefined || item.step !== undefined)
        result = slice(result, axis, item);
      axis++;
    } else if (item.dtype !== "bool") {
      if (item.rank === 0) result = selectBy(result, axis, item);
      else pick(item);
    } else {
      result = mergedUnder(result, axis, item);
      pick(trueIn(item));
    }
  }
  return picks.length === 0 ? result : gatherPicks(result, picks);
}

/** The items with numbers in a list as an index, and ranges for the ellipsis. */
function spelledOut(x: Tensor, items: readonly IndexItem[]): (number | Range | null | Tensor)[] {
  const listed = items.map((item) =>
    Array.isArray(item) ? indexOf(item) : (item as Exclude<typeof item, readonly NestedNumbers[]>),
  );
  const axes = listed.reduce<number>((total, item) => {
    if (item === null || item === "...") return total;
    return total + (item instanceof Tensor && item.dtype === "bool" ? item.rank : 1);
  }, 0);
  const open = listed.filter((item) => item === "...").length;
  if (open > 1) throw new ArgumentError("index", 'expected at most one "..."', open);
  if (axes > x.rank)
    throw new ArgumentError("index", `expected items for at most ${x.rank} axes of [${x.shape}]`, axes);
  return listed.flatMap((item) => (item === "..." ? new Array<Range>(x.rank - axes).fill({}) : [item]));
}

const indexOf = (numbers: readonly NestedNumbers[]): Tensor => {
  const values = tensor(numbers, { dtype: "f64" });
  const wrong = values.data.find((value) => !Number.isInteger(value));
  if (wrong !== undefined) throw new ArgumentError("index", "expected positions that are integers", wrong);
  return tensor(numbers, { dtype: "i32" });
};

/** One position of an axis, which goes: as `select`, for a position that is a tensor. */
function selectBy(x: Tensor, axis: number, position: Tensor): Tensor {
  const at = countedFromStart("index", reshape(position, [1]), x.shape[axis]);
  const picked = gatherFrom(x, axis, overSlices(x.shape, axis, at));
  return reshape(
    picked,
    x.shape.filter((_, k) => k !== axis),
  );
}

/** The axes from `axis` on that a mask covers as one; a scalar mask takes or leaves an axis of extent 1. */
function mergedUnder(x: Tensor, axis: number, mask: Tensor): Tensor {
  if (mask.rank === 0) return unsqueeze(x, axis);
  const covered = x.shape.slice(axis, axis + mask.rank);
  if (!sameShape(covered, mask.shape))
    throw new ShapeError("index", [covered, mask.shape], "expected a mask of the shape that it covers");
  return flatten(x, axis, axis + mask.rank - 1);
}

/** Picks along several axes at once: they become one axis, and the indices one that counts along it. */
function gatherPicks(x: Tensor, picks: readonly Pick[]): Tensor {
  const shape = broadcastShapes(
    "index",
    picks.map(({ index }) => index.shape),
  );
  const axes = picks.map(({ axis }) => axis);
  const neighbours = axes.every((axis, k) => axis === axes[0] + k);
  const first = neighbours ? axes[0] : 0;
  const operand = neighbours ? x : movedim(x, axes, [...axes.keys()]);
  const [before, after] = [operand.shape.slice(0, first), operand.shape.slice(first + axes.length)];
  const extents = operand.shape.slice(first, first + axes.length);
  const places = picks
    .map(({ index }, k) => countedFromStart("index", index, extents[k]))
    .reduce((outer, inner, k) => add(mul(outer, extents[k]), inner));
  const merged = reshape(operand, [...before, sizeOf(extents), ...after]);
  const row = flatten(expand(places, shape));
  return reshape(gatherFrom(merged, first, overSlices(merged.shape, first, row)), [
    ...before,
    ...shape,
    ...after,
  ]);
}

/**
 * `x` with the elements that `index(x, items)` gives replaced, or added to; of several values for one element the last stays.
 *
 * As in PyTorch each of several values for one element receives its gradient.
 *
 * @param values a number, or a tensor that broadcasts to the shape of `index(x, items)`
 * @throws ArgumentError, ShapeError or DtypeError if items or values do not fit
 * @see torch.Tensor.index_put
 * @example
 * indexPut(zeros([3]), [[0, 2]], tensor([5, 6])); // [5, 0, 6]
 * indexPut(zeros([3]), [[0, 0]], tensor([5, 6]), { accumulate: true }); // [11, 0, 0]
 */
export function indexPut(
  x: Tensor,
  items: readonly IndexItem[],
  values: TensorLike,
  { accumulate = false }: PutOptions = {},
): Tensor {
  const source = toTensor(values, x.dtype);
  checkElements("indexPut", x, source);
  return putAt(x, index(positionsIn(x.shape), items), source, accumulate);
}
