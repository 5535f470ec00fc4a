import { ShapeError } from "../../errors.ts";
import { oneAnInput } from "../../graph/flops.ts";
import { maximumReduction, minimumReduction, type Reduction, reduce } from "../../kernels/reduce.ts";
import { apply, defineOp } from "../../op.ts";
import { reduceShape } from "../../shape.ts";
import type { ReducedShape } from "../../static-shape.ts";
import type { Node, Op, Tensor } from "../../tensor.ts";
import { div, mul } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { eq } from "../elementwise/choice.ts";
import { behindExamples, type Reduced, type ReduceOptions, reduced, sum } from "./reduce.ts";

/** A change for each element that is the result, divided by how many are, and 0 for the others: those that tie share evenly. */
export function timesShare(
  change: Tensor,
  { inputs: [x], output, attributes: { axes } }: Node<Reduced>,
): Tensor {
  const winners = cast(eq(x.detach(), output.detach()), x.dtype);
  return mul(div(change, sum(winners, { axis: axes, keepDims: true })), winners);
}

const extremum = (name: string, reduction: Reduction): Op<Reduced> => {
  const op: Op<Reduced> = defineOp<Reduced>({
    name,
    shape: ([x], { axes }) => {
      if (axes.some((axis) => x.shape[axis] === 0))
        throw new ShapeError(name, [x.shape], "expected at least one element along each axis");
      return { shape: reduceShape(x.shape, axes, true), dtype: x.dtype };
    },
    forward: ([x], { axes }, { dtype }) => reduce(x, axes, reduction, dtype),
    vjp: [timesShare],
    jvp: [(t, node) => sum(timesShare(t, node), { axis: node.attributes.axes, keepDims: true })],
    batch: (inputs, _, attributes) => apply(op, inputs, behindExamples(attributes)),
    reads: [[0]],
    readsOutput: true,
    flops: oneAnInput,
  });
  return op;
};

const maxOp = /* @__PURE__ */ extremum("max", maximumReduction);
const minOp = /* @__PURE__ */ extremum("min", minimumReduction);

/**
 * The largest element over some axes, or all; NaN if one is. Ties share the gradient evenly.
 *
 * For the position too, and the gradient to one element alone, see `maxAlong`.
 *
 * @throws ShapeError if there is no element
 * @see torch.amax
 * @example
 * max(tensor([[1, 5], [7, 2]]), { axis: 1 }); // [5, 7]
 * grad((x) => max(x))(tensor([1, 3, 3])); // [0, 0.5, 0.5]
 */
export function max<S, const O extends ReduceOptions = object>(
  x: Tensor<S>,
  options?: O,
): Tensor<ReducedShape<S, O>>;
export function max(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduced(maxOp, x, options);
}

/**
 * The smallest element over some axes, or all; NaN if one is. Ties share the gradient evenly.
 *
 * For the position too, and the gradient to one element alone, see `minAlong`.
 *
 * @throws ShapeError if there is no element
 * @see torch.amin
 * @example
 * min(tensor([[1, 5], [7, 2]]), { axis: 1 }); // [1, 2]
 * grad((x) => min(x))(tensor([1, 1, 3])); // [0.5, 0.5, 0]
 */
export function min<S, const O extends ReduceOptions = object>(
  x: Tensor<S>,
  options?: O,
): Tensor<ReducedShape<S, O>>;
export function min(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduced(minOp, x, options);
}

/**
 * The smallest and the largest element over some axes, or all.
 *
 * @see torch.aminmax
 * @example
 * aminmax(tensor([3, 1, 2])); // { min: 1, max: 3 }
 */
export function aminmax(
  x: Tensor,
  options: ReduceOptions = {},
): { readonly min: Tensor; readonly max: Tensor } {
  return { min: min(x, options), max: max(x, options) };
}
