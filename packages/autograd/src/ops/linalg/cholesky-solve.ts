import { ShapeError } from "../../errors.ts";
import { doublesOf, membersIn, resultOf, transposed } from "../../kernels/linalg/members.ts";
import { solveTriangle } from "../../kernels/linalg/triangular.ts";
import { apply, defineOp } from "../../op.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { add, neg } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { expand, transpose } from "../movement/movement.ts";
import { matmul } from "../products/matmul.ts";
import type { CholeskyOptions } from "./cholesky.ts";
import { substitutionFlops } from "./flops.ts";
import { realType } from "./matrices.ts";
import { stretched, systemSignature } from "./solve-triangular.ts";
import { withDiagonal } from "./triangle.ts";

interface Side {
  readonly upper: boolean;
}

/**
 * Solves A X = B from the factor of A. As in PyTorch the gradient goes to the whole factor, as that of a product of two full matrices:
 * to the triangle that is not read, too.
 */
const choleskySolveOp: Op<Side> = /* @__PURE__ */ defineOp<Side>({
  name: "choleskySolve",
  shape: ([factor, b]) => systemSignature("choleskySolve", factor, b),
  forward: ([factor, b], { upper }, { shape, dtype }) => {
    const [n, k] = shape.slice(-2);
    const factors = doublesOf(factor);
    const x = doublesOf({ ...stretched(b, shape), shape });
    membersIn(factor.shape.slice(0, -2), shape.slice(0, -2)).forEach((from, to) => {
      const given = factors.subarray(from * n * n, (from + 1) * n * n);
      const turned = transposed(given, n, n);
      const solution = x.subarray(to * n * k, (to + 1) * n * k);
      solveTriangle(upper ? turned : given, n, solution, k, { upper: false, unitriangular: false });
      solveTriangle(upper ? given : turned, n, solution, k, { upper: true, unitriangular: false });
    });
    return resultOf(x, dtype);
  },
  vjp: [
    (g, { inputs: [factor], output, attributes }) => {
      const back = apply(choleskySolveOp, [factor, g], attributes);
      const inner = matmul(back, transpose(output));
      const symmetric = add(inner, transpose(inner));
      return neg(attributes.upper ? matmul(factor, symmetric) : matmul(symmetric, factor));
    },
    (g, { inputs: [factor], attributes }) => apply(choleskySolveOp, [factor, g], attributes),
  ],
  reads: [[0], [0]],
  readsOutput: true,
  batch: "leading",
  flops: (_, __, [solutions]) => substitutionFlops(solutions, 2),
});

/**
 * Solves A X = B for A = L Lᵀ, or Uᵀ U, given the factor.
 *
 * The gradient to the factor is that of the product L Lᵀ for any L: its zeros have one, too.
 *
 * @param b      [..., n, k]
 * @param factor [..., n, n]; only its triangle is read
 * @throws ShapeError if the extents do not fit
 * @see torch.cholesky_solve
 * @example
 * choleskySolve(tensor([[2], [0]]), tensor([[2, 0], [1, 1]])); // [[1], [-1]]
 */
export function choleskySolve(b: Tensor, factor: Tensor, { upper = false }: CholeskyOptions = {}): Tensor {
  return apply(choleskySolveOp, [factor, b], { upper });
}

/**
 * The inverse of A = L Lᵀ, or Uᵀ U, given the factor; its gradient is that of `choleskySolve`.
 *
 * @param factor [..., n, n]
 * @see torch.cholesky_inverse
 * @example
 * choleskyInverse(tensor([[2, 0], [1, 1]])); // [[0.5, -0.5], [-0.5, 1]]
 */
export function choleskyInverse(factor: Tensor, { upper = false }: CholeskyOptions = {}): Tensor {
  if (factor.rank < 2)
    throw new ShapeError("choleskyInverse", [factor.shape], "expected matrices [..., n, n]");
  const n = factor.shape[factor.rank - 1];
  const identity = cast(withDiagonal(1, 0, n), realType(factor, factor));
  return choleskySolve(expand(identity, [n, n]), factor, { upper });
}
