import { resultOf, transposed } from "../../kernels/linalg/members.ts";
import { symmetricEigen } from "../../kernels/linalg/symmetric-eigen.ts";
import { applyMany, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { div, sub } from "../elementwise/arithmetic.ts";
import { transpose, unsqueeze } from "../movement/movement.ts";
import { matmul } from "../products/matmul.ts";
import { eachMatrix, squaresOf } from "./matrices.ts";
import { withDiagonal } from "./triangle.ts";

const eighOp = /* @__PURE__ */ defineOp({
  name: "eigh",
  shape: ([x]) => {
    const { batch, n, dtype } = squaresOf("eigh", x);
    return [
      { shape: [...batch, n], dtype },
      { shape: x.shape, dtype },
    ];
  },
  forward: ([x], _, { shape, dtype }) => {
    const n = shape[shape.length - 1];
    const values = new Float64Array(sizeOf(shape));
    const vectors = new Float64Array(sizeOf(x.shape));
    eachMatrix(x, (matrix, member) => {
      const found = symmetricEigen(matrix, n);
      values.set(found.values, member * n);
      vectors.set(transposed(found.vectors, n, n), member * n * n);
    });
    return [resultOf(values, dtype), resultOf(vectors, dtype)];
  },
  vjp: [
    (_, { outputs: [values, vectors] }, [toValues, toVectors]) => {
      const n = values.shape[values.rank - 1];
      const gaps = withDiagonal(1, sub(unsqueeze(values, -2), unsqueeze(values, -1)), n);
      const turned = toVectors === null ? 0 : div(matmul(transpose(vectors), toVectors), gaps);
      const inner = withDiagonal(toValues ?? 0, turned, n);
      return matmul(matmul(vectors, inner), transpose(vectors));
    },
  ],
  readsOutput: true,
  batch: "leading",
});

/**
 * The eigenvalues, ascending, and eigenvectors of symmetric matrices. Only the lower triangle is read.
 *
 * The signs of the vectors, and the vectors of equal eigenvalues, are not determined: gradients are right for functions that do not depend
 * on that choice, and not finite for vectors of equal values. They are those along symmetric changes of the matrix.
 *
 * @param x [..., n, n]
 * @returns the values [..., n], and the vectors as columns [..., n, n]
 * @throws ShapeError unless square
 * @see torch.linalg.eigh
 */
export function eigh(x: Tensor): [values: Tensor, vectors: Tensor] {
  return applyMany(eighOp, [x], undefined) as readonly Tensor[] as [Tensor, Tensor];
}

/** The eigenvalues [..., n] of symmetric [..., n, n], ascending; only the lower triangle is read. @see torch.linalg.eigvalsh */
export function eigvalsh(x: Tensor): Tensor {
  return eigh(x)[0];
}
