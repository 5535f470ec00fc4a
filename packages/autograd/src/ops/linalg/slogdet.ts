import { factorLu, signOf } from "../../kernels/linalg/lu.ts";
import { resultOf } from "../../kernels/linalg/members.ts";
import { applyMany, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { eq, where } from "../elementwise/choice.ts";
import { transpose, unsqueeze } from "../movement/movement.ts";
import { sum } from "../reductions/reduce.ts";
import { eliminationFlops, ofMatrices } from "./flops.ts";
import { invEx } from "./inv.ts";
import { eachMatrix, squaresOf } from "./matrices.ts";

const slogdetOp = /* @__PURE__ */ defineOp({
  name: "slogdet",
  shape: ([x]) => {
    const { batch, dtype } = squaresOf("slogdet", x);
    const signature = { shape: batch, dtype };
    return [signature, signature];
  },
  forward: ([x], _, { shape, dtype }) => {
    const n = x.shape[x.rank - 1];
    const signs = new Float64Array(sizeOf(shape));
    const logarithms = new Float64Array(sizeOf(shape));
    eachMatrix(x, (matrix, member) => {
      const pivots = new Int32Array(n);
      factorLu(matrix, n, n, pivots);
      signs[member] = signOf(pivots);
      for (let k = 0; k < n; k++) {
        signs[member] *= Math.sign(matrix[k * n + k]);
        logarithms[member] += Math.log(Math.abs(matrix[k * n + k]));
      }
      signs[member] += 0; // no zero has a sign
    });
    return [resultOf(signs, dtype), resultOf(logarithms, dtype)];
  },
  vjp: [
    (_, { inputs: [x] }, [, g]) =>
      g === null ? null : mul(unsqueeze(unsqueeze(g, -1), -1), transpose(invEx(x)[0])),
  ],
  jvp: [(tangent, { inputs: [x] }) => [null, sum(mul(tangent, transpose(invEx(x)[0])), { axis: [-2, -1] })]],
  reads: [[0]],
  batch: "leading",
  flops: /* @__PURE__ */ ofMatrices(eliminationFlops),
});

/**
 * The sign of the determinant, and the logarithm of its magnitude, which neither overflows nor vanishes.
 *
 * A singular matrix gives 0 and -Infinity. The sign has no gradient.
 *
 * @param x [..., n, n]
 * @returns both [...]
 * @throws ShapeError unless square
 * @see torch.linalg.slogdet
 * @example
 * slogdet(tensor([[1, 2], [3, 4]])); // [-1, 0.6931]
 * slogdet(tensor([[1, 2], [2, 4]])); // [0, -Infinity]
 */
export function slogdet(x: Tensor): [sign: Tensor, logarithm: Tensor] {
  return applyMany(slogdetOp, [x], undefined) as readonly Tensor[] as [Tensor, Tensor];
}

/**
 * The logarithm of the determinant [...] of [..., n, n]; NaN where it is negative.
 *
 * @throws ShapeError unless square
 * @see torch.logdet
 * @example
 * logdet(tensor([[2, 0], [0, 3]])); // 1.7918
 */
export function logdet(x: Tensor): Tensor {
  const [sign, logarithm] = slogdet(x);
  return where(eq(sign, -1), Number.NaN, logarithm);
}
