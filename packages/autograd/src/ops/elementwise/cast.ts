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

/** The values in another element type; reals lose their fraction in `i32`, anything but 0 is true in `bool`. @see torch.Tensor.to */
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

/** A row-major copy: faster to read many times than a permuted view. @see torch.Tensor.contiguous */
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

/** The same value as a new place in the graph. */
export function alias(x: Tensor): Tensor {
  return apply(aliasOp, [x], undefined);
}

/** The value as a constant: no gradient flows through. @see jax.lax.stop_gradient */
export function stopGradient(x: Tensor): Tensor {
  return x.detach();
}
