import { apply, defineOp } from "../../op.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { mul, sub } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { eq, maximum, ne, where } from "../elementwise/choice.ts";
import { floor } from "../elementwise/rounding.ts";
import { gatherFrom } from "../indexing/gather.ts";
import { reshape } from "../movement/movement.ts";
import { checkNotEmpty, type KeepDims, type Picked, pickAt, withAxis } from "./axis.ts";
import { timesShare } from "./extremum.ts";
import { behindExamples, type Reduced, sum } from "./reduce.ts";
import { argsort } from "./sort.ts";

/** Picks at the position that `place` names in the ascending order, given how many elements are not NaN: those come first. */
function pickInOrder(
  operation: string,
  x: Tensor,
  axis: number,
  options: KeepDims,
  place: (numbers: Tensor, extent: number) => Tensor,
): Picked {
  const [lanes, at] = withAxis(operation, x, axis);
  checkNotEmpty(operation, lanes, at);
  const numbers = sum(eq(lanes, lanes), { axis: at, keepDims: true });
  const index = gatherFrom(argsort(lanes, at), at, cast(place(numbers, lanes.shape[at]), "i32"));
  return pickAt(x, lanes, at, index, options);
}

/** Half of a count, rounded down. */
const half = (count: Tensor): Tensor => floor(mul(cast(count, "f64"), 0.5));

/**
 * The median along `axis`, of an even count the lower one, and its position; NaN if there is one.
 *
 * The gradient goes to that position alone.
 *
 * @throws ShapeError if there is no element
 * @see torch.median with a dim
 * @example
 * medianAlong(tensor([[4, 1, 3], [2, 9, 5]])); // { values: [3, 5], indices: [2, 2] }
 */
export function medianAlong(x: Tensor, axis = -1, options: KeepDims = {}): Picked {
  return pickInOrder("medianAlong", x, axis, options, (numbers, extent) =>
    where(ne(numbers, extent), numbers, Math.floor((extent - 1) / 2)),
  );
}

/**
 * The median along `axis` of the elements that are not NaN, of an even count the lower one, and its position; NaN where there are none.
 *
 * The gradient goes to that position alone.
 *
 * @throws ShapeError if there is no element
 * @see torch.nanmedian with a dim
 * @example
 * nanmedianAlong(tensor([[NaN, 1, 3], [2, 9, 5]])); // { values: [1, 5], indices: [1, 2] }
 */
export function nanmedianAlong(x: Tensor, axis = -1, options: KeepDims = {}): Picked {
  return pickInOrder("nanmedianAlong", x, axis, options, (numbers) => half(maximum(sub(numbers, 1), 0)));
}

/** One of the elements of a vector as a result of all: the gradient goes evenly to those that equal it. */
const evenlyOp: Op<Reduced> = /* @__PURE__ */ defineOp<Reduced>({
  name: "median",
  shape: ([, picked]) => ({ shape: picked.shape, dtype: picked.dtype }),
  forward: ([, picked]) => picked,
  vjp: [timesShare, null],
  jvp: [(t, node) => sum(timesShare(t, node), { axis: node.attributes.axes, keepDims: true }), null],
  batch: (inputs, _, attributes) => apply(evenlyOp, inputs, behindExamples(attributes)),
  reads: [[0], []],
  readsOutput: true,
});

function medianOf(x: Tensor, along: typeof medianAlong): Tensor {
  const elements = reshape(x, [x.size]);
  const { values } = along(elements.detach(), 0, { keepDims: true });
  return reshape(apply(evenlyOp, [elements, values], { axes: [0] }), []);
}

/**
 * The median of all elements, of an even count the lower one; NaN if one is. Ties share the gradient evenly.
 *
 * @throws ShapeError if there is no element
 * @see torch.median
 * @example
 * median(tensor([4, 1, 3, 2])); // 2
 * grad(median)(tensor([1, 2, 2, 3])); // [0, 0.5, 0.5, 0]
 */
export function median(x: Tensor): Tensor {
  return medianOf(x, medianAlong);
}

/**
 * The median of the elements that are not NaN, of an even count the lower one; NaN if there are none. Ties share the gradient evenly.
 *
 * @throws ShapeError if there is no element
 * @see torch.nanmedian
 * @example
 * nanmedian(tensor([NaN, 1, 3])); // 1
 */
export function nanmedian(x: Tensor): Tensor {
  return medianOf(x, nanmedianAlong);
}
