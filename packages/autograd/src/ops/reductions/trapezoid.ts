import { normalizeAxis } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add, mul } from "../elementwise/arithmetic.ts";
import { alongAxis } from "../movement/movement.ts";
import { slice } from "../movement/slice.ts";
import { diff } from "./difference.ts";
import { sum } from "./reduce.ts";
import { cumsum } from "./scan.ts";

export interface TrapezoidOptions {
  /** Where the values are: a vector for the axis, or a shape that broadcasts with that of the values. */
  readonly x?: Tensor;
  /** The distance of neighbours where no `x` says it; default 1. */
  readonly dx?: number;
  /** Default the last. */
  readonly axis?: number;
}

/**
 * The integral along an axis of the line through the values, from the first to the last.
 *
 * @see torch.trapezoid
 * @example
 * trapezoid(tensor([1, 3, 5])); // 6
 * trapezoid(tensor([1, 3, 5]), { x: tensor([0, 1, 3]) }); // 10
 */
export function trapezoid(y: Tensor, options: TrapezoidOptions = {}): Tensor {
  const axis = normalizeAxis("trapezoid", options.axis ?? -1, y.rank);
  const pieces = areas(y, axis, options);
  return sum(pieces, { axis: axis - y.rank });
}

/**
 * The integral along an axis of the line through the values, from the first to each of the others.
 *
 * @see torch.cumulative_trapezoid
 * @example
 * cumulativeTrapezoid(tensor([1, 3, 5])); // [2, 6]
 */
export function cumulativeTrapezoid(y: Tensor, options: TrapezoidOptions = {}): Tensor {
  const axis = normalizeAxis("cumulativeTrapezoid", options.axis ?? -1, y.rank);
  return cumsum(areas(y, axis, options), axis - y.rank);
}

/** The area below each piece of the line. */
function areas(y: Tensor, axis: number, { x, dx = 1 }: TrapezoidOptions): Tensor {
  const doubled = add(slice(y, axis, { start: 1 }), slice(y, axis, { end: -1 }));
  if (x === undefined) return mul(doubled, dx / 2);
  const places = x.rank === 1 ? alongAxis(x, axis, y.rank) : x;
  return mul(mul(doubled, 0.5), diff(places, { axis: axis - y.rank }));
}
