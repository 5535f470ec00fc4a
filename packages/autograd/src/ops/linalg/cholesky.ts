import { factorCholesky } from "../../kernels/linalg/cholesky.ts";
import { doublesOf, resultOf } from "../../kernels/linalg/members.ts";
import { applyMany, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add, mul } from "../elementwise/arithmetic.ts";
import { transpose } from "../movement/movement.ts";
import { tril } from "../movement/triangle.ts";
import { matmul } from "../products/matmul.ts";
import { ofMatrices } from "./flops.ts";
import { checkFactored, squaresOf, withInformation } from "./matrices.ts";
import { solveTriangular } from "./solve-triangular.ts";
import { withDiagonal } from "./triangle.ts";

/** The lower factor, and for each matrix where it is not positive definite, from 1. */
const choleskyOp = /* @__PURE__ */ defineOp<{ readonly checked: boolean }>({
  name: "cholesky",
  shape: ([x]) => withInformation("cholesky", x),
  forward: ([x], { checked }, { shape, dtype }) => {
    const n = shape[shape.length - 1];
    const batch = shape.slice(0, -2);
    const data = doublesOf(x);
    const information = Int32Array.from({ length: sizeOf(batch) }, (_, member) =>
      factorCholesky(data.subarray(member * n * n, (member + 1) * n * n), n),
    );
    if (checked) checkPositive(information, batch);
    return [resultOf(data, dtype), information];
  },
  vjp: [
    (g, { outputs: [l] }) => {
      const inner = matmul(transpose(l), g);
      const symmetric = mul(add(tril(inner), transpose(tril(inner, -1))), 0.5);
      const half = solveTriangular(transpose(l), symmetric, { upper: true });
      return solveTriangular(l, half, { left: false });
    },
  ],
  jvp: [
    (tangent, { outputs: [l] }) => {
      const symmetric = mul(add(tangent, transpose(tangent)), 0.5);
      const inner = solveTriangular(transpose(l), solveTriangular(l, symmetric), {
        upper: true,
        left: false,
      });
      const n = l.shape[l.rank - 1];
      return [matmul(l, mul(tril(inner), withDiagonal(0.5, 1, n))), null];
    },
  ],
  readsOutput: true,
  batch: "leading",
  flops: /* @__PURE__ */ ofMatrices((n) => n ** 3 / 3),
});

const checkPositive = (information: Int32Array, batch: readonly number[]): void =>
  checkFactored(
    "cholesky",
    "a positive definite matrix",
    (place) => `one whose leading part of order ${place} is not`,
    information,
    batch,
  );

export interface CholeskyOptions {
  /** Reads the upper triangle and gives the upper factor U, A = Uᵀ U; default false: L of A = L Lᵀ. */
  readonly upper?: boolean;
}

function factored(x: Tensor, { upper = false }: CholeskyOptions, checked: boolean): [Tensor, Tensor] {
  squaresOf("cholesky", x);
  const [factor, information] = applyMany(choleskyOp, [upper ? transpose(x) : x], { checked });
  return [upper ? transpose(factor) : factor, information];
}

/**
 * The Cholesky factor L of symmetric positive definite matrices A = L Lᵀ. Only one triangle is read.
 *
 * The gradient is symmetric: it is the one along symmetric changes of A.
 *
 * @param x [..., n, n]
 * @throws ArgumentError if a matrix is not positive definite, with its place in the batch
 * @see torch.linalg.cholesky; Murray 2016, "Differentiation of the Cholesky decomposition"
 * @example
 * cholesky(tensor([[4, 2], [2, 2]])); // [[2, 0], [1, 1]]
 * cholesky(tensor([[1, 2], [2, 1]])); // throws ArgumentError
 */
export function cholesky(x: Tensor, options: CholeskyOptions = {}): Tensor {
  return factored(x, options, true)[0];
}

/**
 * `cholesky` that does not throw: with the factor come, as `i32` [...], 0 or the order of the leading part that is not positive definite.
 *
 * A matrix without a factor gives NaN.
 *
 * @see torch.linalg.cholesky_ex
 * @example
 * choleskyEx(tensor([[1, 2], [2, 1]]))[1]; // 2
 */
export function choleskyEx(x: Tensor, options: CholeskyOptions = {}): [factor: Tensor, information: Tensor] {
  return factored(x, options, false);
}
