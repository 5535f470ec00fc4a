import { exponential } from "../../kernels/linalg/matrix-exp.ts";
import { resultOf } from "../../kernels/linalg/members.ts";
import { apply, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { transpose } from "../movement/movement.ts";
import { concat, slice } from "../movement/slice.ts";
import { eachMatrix, squaresOf } from "./matrices.ts";

const matrixExpOp: Op<void> = /* @__PURE__ */ defineOp({
  name: "matrixExp",
  shape: ([x]) => ({ shape: x.shape, dtype: squaresOf("matrixExp", x).dtype }),
  forward: ([x], _, { shape, dtype }) => {
    const n = shape[shape.length - 1];
    const out = new Float64Array(sizeOf(shape));
    eachMatrix(x, (matrix, member) => {
      out.set(exponential(matrix, n), member * n * n);
    });
    return resultOf(out, dtype);
  },
  vjp: [(g, { inputs: [x] }) => derivativeAlong(transpose(x), g)],
  jvp: [(tangent, { inputs: [x] }) => derivativeAlong(x, tangent)],
  reads: [[0]],
  batch: "leading",
});

/** The derivative at X along D stands in the upper right of the exponential of [[X, D], [0, X]]. @see Mathias 1996 */
function derivativeAlong(x: Tensor, direction: Tensor): Tensor {
  const n = x.shape[x.rank - 1];
  const above = concat([x, direction], -1);
  const below = concat([mul(x, 0), x], -1);
  const whole = apply(matrixExpOp, [concat([above, below], -2)], undefined);
  return slice(slice(whole, -2, { end: n }), -1, { start: n });
}

/**
 * The exponential Σ Aᵏ / k! of square matrices.
 *
 * @param x [..., n, n]
 * @throws ShapeError unless square
 * @see torch.linalg.matrix_exp
 */
export function matrixExp(x: Tensor): Tensor {
  return apply(matrixExpOp, [x], undefined);
}
