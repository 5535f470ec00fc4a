import { toTensor } from "../../create.ts";
import { toFloating } from "../../dtype.ts";
import { ArgumentError, ShapeError } from "../../errors.ts";
import { everyValue } from "../../mapped.ts";
import type { Tensor, TensorLike } from "../../tensor.ts";
import { add, mul, sub } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { eq, maximum, ne, where } from "../elementwise/choice.ts";
import { ceil, floor, round } from "../elementwise/rounding.ts";
import { gatherFrom } from "../indexing/gather.ts";
import { expand, permute, reshape } from "../movement/movement.ts";
import { slice } from "../movement/slice.ts";
import { checkNotEmpty, type KeepDims, withAxis } from "./axis.ts";
import { sum } from "./reduce.ts";
import { sort } from "./sort.ts";

export interface QuantileOptions extends KeepDims {
  /** Which axis; default all elements. */
  readonly axis?: number;
  /** Between two elements: on the line through them (default), one of them, or half way. */
  readonly interpolation?: "linear" | "lower" | "higher" | "nearest" | "midpoint";
}

/**
 * The element below which the part `q` of all lies along an axis, interpolated between neighbours; NaN if one is.
 *
 * @param q from 0 to 1; one number, or [m] for m results along a new first axis. Differentiable where the interpolation is linear
 * @throws ArgumentError if `q` is out of range, ShapeError if it has several axes or there is no element
 * @see torch.quantile
 * @example
 * quantile(tensor([1, 2, 3, 4]), tensor([0, 0.25, 0.5, 1])); // [1, 1.75, 2.5, 4]
 * quantile(tensor([1, 2, 3, 4]), 0.5, { interpolation: "lower" }); // 2
 */
export function quantile(x: Tensor, q: TensorLike, options: QuantileOptions = {}): Tensor {
  return quantileOf("quantile", x, q, options, (sorted, part) => {
    const last = sorted.shape[sorted.rank - 1] - 1;
    const largest = slice(sorted, -1, { start: last });
    return where(ne(largest, largest), last, mul(part, last));
  });
}

/**
 * As `quantile`, of the elements that are not NaN; NaN where there are none.
 *
 * @see torch.nanquantile
 * @example
 * nanquantile(tensor([1, NaN, 3]), 0.5); // 2
 */
export function nanquantile(x: Tensor, q: TensorLike, options: QuantileOptions = {}): Tensor {
  return quantileOf("nanquantile", x, q, options, (sorted, part) => {
    const numbers = cast(sum(eq(sorted, sorted), { axis: -1, keepDims: true }), part.dtype);
    return mul(part, maximum(sub(numbers, 1), 0));
  });
}

/** @param rankOf the place in sorted rows [..., n], which need not be whole, for each part [m]: [..., m] */
function quantileOf(
  operation: string,
  x: Tensor,
  q: TensorLike,
  { axis, keepDims = false, interpolation = "linear" }: QuantileOptions,
  rankOf: (sorted: Tensor, part: Tensor) => Tensor,
): Tensor {
  const reals = cast(x, toFloating(x.dtype));
  const parts = cast(toTensor(q, reals.dtype), reals.dtype);
  checkParts(operation, parts);
  const [lanes, at] = axis === undefined ? [reshape(reals, [x.size]), 0] : withAxis(operation, reals, axis);
  checkNotEmpty(operation, lanes, at);
  const others = lanes.shape.map((_, k) => k).filter((k) => k !== at);
  const sorted = sort(permute(lanes, [...others, at])).values;
  const rank = rankOf(sorted, reshape(parts, [parts.size]));
  const rows = interpolate(sorted, expand(rank, [...sorted.shape.slice(0, -1), parts.size]), interpolation);
  const result = permute(rows, [rows.rank - 1, ...others.map((_, k) => k)]);
  const kept =
    axis === undefined ? x.shape.map(() => 1) : x.shape.map((extent, k) => (k === at ? 1 : extent));
  return reshape(result, [...parts.shape, ...(keepDims ? kept : others.map((k) => lanes.shape[k]))]);
}

function interpolate(
  sorted: Tensor,
  rank: Tensor,
  interpolation: NonNullable<QuantileOptions["interpolation"]>,
): Tensor {
  const at = (position: Tensor): Tensor =>
    where(ne(position, position), Number.NaN, gatherFrom(sorted, sorted.rank - 1, cast(position, "i32")));
  if (interpolation === "lower") return at(floor(rank));
  if (interpolation === "higher") return at(ceil(rank));
  if (interpolation === "nearest") return at(round(rank));
  const below = at(floor(rank));
  const weight = interpolation === "linear" ? sub(rank, floor(rank)) : 0.5;
  // Infinite elements have no difference.
  return where(eq(rank, floor(rank)), below, add(below, mul(weight, sub(at(ceil(rank)), below))));
}

function checkParts(operation: string, parts: Tensor): void {
  if (parts.rank > 1)
    throw new ShapeError(operation, [parts.shape], "expected parts that are one number or a vector");
  for (const part of everyValue(parts)) {
    if (part < 0 || part > 1) throw new ArgumentError(operation, "expected parts from 0 to 1", part);
  }
}
