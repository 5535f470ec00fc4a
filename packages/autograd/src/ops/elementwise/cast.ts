import { type Dtype, isFloating } from "../../dtype.ts";
import { movesOnly } from "../../graph/flops.ts";
import { copyAs } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";

const castOp = /* @__PURE__ */ defineOp<{ readonly dtype: Dtype }>({
  name: "cast",
  shape: ([x], { dtype }) => ({ shape: x.shape, dtype }),
  forward: ([x], { dtype }) => copyAs(x, dtype),
  vjp: [(g, node) => (isFloating(node.attributes.dtype) ? cast(g, node.inputSignature(0).dtype) : null)],
  jvp: "linear",
  batch: "leading",
  flops: movesOnly,
});

/**
 * The values in another element type; reals lose their fraction in `i32`, anything but 0 is true in `bool`.
 *
 * @see torch.Tensor.to
 * @example
 * cast(tensor([-1.7, 0, 2.5]), "i32"); // [-1, 0, 2]
 * cast(tensor([-1.7, 0, NaN]), "bool"); // [true, false, true]
 */
export function cast(x: Tensor, dtype: Dtype): Tensor {
  return x.dtype === dtype ? x : apply(castOp, [x], { dtype });
}

const contiguousOp = /* @__PURE__ */ defineOp({
  name: "contiguous",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward: ([x]) => copyAs(x, x.dtype),
  vjp: [(g) => g],
  jvp: "linear",
  batch: "leading",
  flops: movesOnly,
});

/**
 * A row-major copy: faster to read many times than a permuted view.
 *
 * @see torch.Tensor.contiguous
 * @example
 * contiguous(transpose(zeros([2, 3]))).strides; // [2, 1]
 * transpose(zeros([2, 3])).strides; // [1, 3]
 */
export function contiguous(x: Tensor): Tensor {
  return apply(contiguousOp, [x], undefined);
}

const aliasOp = /* @__PURE__ */ defineOp({
  name: "alias",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward: ([x]) => x,
  vjp: [(g) => g],
  jvp: "linear",
  batch: "leading",
  flops: movesOnly,
});

/**
 * The same value as a new place in the graph.
 *
 * @example
 * const x = parameter([1, 2]);
 * const again = alias(x);
 * onGradient(again, (cotangent) => mul(cotangent, 10));
 * backward(sum(add(x, again)));
 * x.grad; // [11, 11]
 */
export function alias(x: Tensor): Tensor {
  return apply(aliasOp, [x], undefined);
}

/**
 * The value as a constant: no gradient flows through.
 *
 * @see jax.lax.stop_gradient
 * @example
 * grad((x) => mul(x, stopGradient(x)))(tensor(3)); // 3
 * // Straight through: the value is rounded, the gradient passes as if it were not.
 * const rounded = (x: Tensor) => add(x, stopGradient(sub(round(x), x)));
 * rounded(tensor([0.2, 1.7])); // [0, 2]
 * grad((x) => sum(rounded(x)))(tensor([0.2, 1.7])); // [1, 1]
 */
export function stopGradient(x: Tensor): Tensor {
  return x.detach();
}
