import { oneAnInput } from "../../graph/flops.ts";
import { productReduction, reduce } from "../../kernels/reduce.ts";
import { apply, defineOp } from "../../op.ts";
import { normalizeAxes, reduceShape } from "../../shape.ts";
import type { ReducedShape } from "../../static-shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { reshape } from "../movement/movement.ts";
import { flip } from "../movement/slice.ts";
import { delayed } from "./recurrence.ts";
import { type ReduceOptions, sum } from "./reduce.ts";
import { cumprod } from "./scan.ts";

/** The product of all other elements along the axis: of those before and those after, without a quotient. */
function productOfOthers(x: Tensor, axis: number): Tensor {
  const before = delayed(cumprod(x, axis), { axis, reverse: false }, 1);
  const after = delayed(flip(cumprod(flip(x, [axis]), axis), [axis]), { axis, reverse: true }, 1);
  return mul(before, after);
}

const prodOp: Op<{ readonly axis: number }> = /* @__PURE__ */ defineOp<{ readonly axis: number }>({
  name: "prod",
  shape: ([x], { axis }) => ({
    shape: reduceShape(x.shape, [axis], true),
    dtype: x.dtype === "bool" ? "i32" : x.dtype,
  }),
  forward: ([x], { axis }, { dtype }) => reduce(x, [axis], productReduction, dtype),
  vjp: [(g, { inputs: [x], attributes: { axis } }) => mul(g, productOfOthers(x, axis))],
  jvp: [
    (t, { inputs: [x], attributes: { axis } }) =>
      sum(mul(t, productOfOthers(x, axis)), { axis, keepDims: true }),
  ],
  batch: (inputs, _, { axis }) => apply(prodOp, inputs, { axis: axis + 1 }),
  reads: [[0]],
  flops: oneAnInput,
});

/**
 * The product over some axes, or all; its derivatives are exact where elements are zero.
 *
 * @see torch.prod
 * @example
 * prod(tensor([[2, 3], [4, 5]]), { axis: 1 }); // [6, 20]
 * grad((x) => prod(x))(tensor([2, 0, 4])); // [0, 8, 0]
 */
export function prod<S, const O extends ReduceOptions = object>(
  x: Tensor<S>,
  options?: O,
): Tensor<ReducedShape<S, O>>;
export function prod(x: Tensor, { axis, keepDims = false }: ReduceOptions = {}): Tensor {
  const axes = normalizeAxes("prod", axis, x.rank);
  let result = axes.length === x.rank ? reshape(x, [x.size]) : x;
  for (const at of axes.length === x.rank ? [0] : axes) result = apply(prodOp, [result], { axis: at });
  return reshape(result, reduceShape(x.shape, axes, keepDims));
}
