import { factorLu, identity, solveLu } from "../../kernels/linalg/lu.ts";
import { resultOf } from "../../kernels/linalg/members.ts";
import { applyMany, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { neg } from "../elementwise/arithmetic.ts";
import { transpose } from "../movement/movement.ts";
import { matmul } from "../products/matmul.ts";
import { ofMatrices } from "./flops.ts";
import { checkRegular, eachMatrix, withInformation } from "./matrices.ts";

/** The inverse, and for each matrix where its pivot is zero, from 1. */
const invOp = /* @__PURE__ */ defineOp<{ readonly checked: boolean }>({
  name: "inv",
  shape: ([x]) => withInformation("inv", x),
  forward: ([x], { checked }, { shape, dtype }) => {
    const n = shape[shape.length - 1];
    const batch = shape.slice(0, -2);
    const out = new Float64Array(sizeOf(shape));
    const information = new Int32Array(sizeOf(batch));
    eachMatrix(x, (matrix, member) => {
      const pivots = new Int32Array(n);
      information[member] = factorLu(matrix, n, n, pivots);
      const inverse = identity(n);
      solveLu(matrix, n, pivots, inverse, n);
      out.set(inverse, member * n * n);
    });
    if (checked) checkRegular("inv", information, batch);
    return [resultOf(out, dtype), information];
  },
  vjp: [
    (g, { output }) => {
      const turned = transpose(output);
      return neg(matmul(turned, matmul(g, turned)));
    },
  ],
  jvp: [(tangent, { output }) => [neg(matmul(output, matmul(tangent, output))), null]],
  readsOutput: true,
  batch: "leading",
  flops: /* @__PURE__ */ ofMatrices((n) => 2 * n ** 3),
});

/**
 * The inverse of square matrices. To solve equations, `solve` is faster and more accurate.
 *
 * @param x [..., n, n]
 * @throws ShapeError unless square; ArgumentError if a matrix is singular, with its place in the batch
 * @see torch.linalg.inv
 * @example
 * inv(tensor([[1, 2], [3, 4]])); // [[-2, 1], [1.5, -0.5]]
 * inv(tensor([[1, 2], [2, 4]])); // throws ArgumentError
 */
export function inv(x: Tensor): Tensor {
  return applyMany(invOp, [x], { checked: true })[0];
}

/**
 * `inv` that does not throw: with the inverse come, as `i32` [...], 0 or the place of the first pivot that is zero.
 *
 * A singular matrix gives infinities and NaN.
 *
 * @see torch.linalg.inv_ex
 * @example
 * invEx(tensor([[1, 2], [2, 4]]))[1]; // 2
 */
export function invEx(x: Tensor): [inverse: Tensor, information: Tensor] {
  return applyMany(invOp, [x], { checked: false }) as [Tensor, Tensor];
}
