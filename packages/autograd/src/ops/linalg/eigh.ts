import { resultOf, transposed } from "../../kernels/linalg/members.ts";
import { symmetricEigen } from "../../kernels/linalg/symmetric-eigen.ts";
import { applyMany, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { div, mul, sub } from "../elementwise/arithmetic.ts";
import { transpose, unsqueeze } from "../movement/movement.ts";
import { matmul } from "../products/matmul.ts";
import { ofMatrices } from "./flops.ts";
import { eachMatrix, squaresOf } from "./matrices.ts";
import { withDiagonal } from "./triangle.ts";

export interface EigenOptions {
  /** The upper triangle is read; default false: the lower one. */
  readonly upper?: boolean;
}

const eighOp = /* @__PURE__ */ defineOp<EigenOptions>({
  name: "eigh",
  shape: ([x]) => {
    const { batch, n, dtype } = squaresOf("eigh", x);
    return [
      { shape: [...batch, n], dtype },
      { shape: x.shape, dtype },
    ];
  },
  forward: ([x], { upper }, { shape, dtype }) => {
    const n = shape[shape.length - 1];
    const values = new Float64Array(sizeOf(shape));
    const vectors = new Float64Array(sizeOf(x.shape));
    eachMatrix(x, (matrix, member) => {
      const found = symmetricEigen(upper ? transposed(matrix, n, n) : matrix, n);
      values.set(found.values, member * n);
      vectors.set(transposed(found.vectors, n, n), member * n * n);
    });
    return [resultOf(values, dtype), resultOf(vectors, dtype)];
  },
  vjp: [
    (_, { outputs: [values, vectors] }, [toValues, toVectors]) => {
      const n = values.shape[values.rank - 1];
      const gaps = withDiagonal(1, sub(unsqueeze(values, -2), unsqueeze(values, -1)), n);
      const turned = toVectors === null ? 0 : div(skewPart(matmul(transpose(vectors), toVectors)), gaps);
      const inner = withDiagonal(toValues ?? 0, turned, n);
      return matmul(matmul(vectors, inner), transpose(vectors));
    },
  ],
  readsOutput: true,
  batch: "leading",
  flops: /* @__PURE__ */ ofMatrices((n) => 9 * n ** 3),
});

/** Half of a matrix less its transpose: vectors of length 1 only turn, and the gradient becomes symmetric. */
const skewPart = (x: Tensor): Tensor => mul(sub(x, transpose(x)), 0.5);

/**
 * The eigenvalues, ascending, and eigenvectors of symmetric matrices. Only one triangle is read.
 *
 * The signs of the vectors, and the vectors of equal eigenvalues, are not determined: gradients are right for functions that do not depend
 * on that choice, and not finite for vectors of equal values. They are symmetric: those along symmetric changes of the matrix.
 *
 * @param x [..., n, n]
 * @returns the values [..., n], and the vectors as columns [..., n, n]
 * @throws ShapeError unless square
 * @see torch.linalg.eigh
 * @example
 * eigh(tensor([[2, 1], [1, 2]]))[0]; // [1, 3]
 * const [values, vectors] = eigh(tensor([[2, 1], [1, 2]]));
 * matmul(mul(vectors, values), transpose(vectors)); // [[2, 1], [1, 2]]
 */
export function eigh(x: Tensor, options: EigenOptions = {}): [values: Tensor, vectors: Tensor] {
  return applyMany(eighOp, [x], options) as readonly Tensor[] as [Tensor, Tensor];
}

/**
 * The eigenvalues [..., n] of symmetric [..., n, n], ascending; only one triangle is read.
 *
 * @see torch.linalg.eigvalsh
 * @example
 * eigvalsh(tensor([[2, 1], [1, 2]])); // [1, 3]
 */
export function eigvalsh(x: Tensor, options: EigenOptions = {}): Tensor {
  return eigh(x, options)[0];
}
