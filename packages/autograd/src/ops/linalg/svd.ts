import { resultOf, transposed } from "../../kernels/linalg/members.ts";
import { decompose } from "../../kernels/linalg/svd.ts";
import { applyMany, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add, div, mul, square, sub } from "../elementwise/arithmetic.ts";
import { transpose, unsqueeze } from "../movement/movement.ts";
import { matmul } from "../products/matmul.ts";
import { ofMatrices, singularFlops } from "./flops.ts";
import { eachMatrix, matricesOf } from "./matrices.ts";
import { withDiagonal } from "./triangle.ts";

const svdOp = /* @__PURE__ */ defineOp({
  name: "svd",
  shape: ([x]) => {
    const { batch, m, n, dtype } = matricesOf("svd", x);
    const k = Math.min(m, n);
    return [
      { shape: [...batch, m, k], dtype },
      { shape: [...batch, k], dtype },
      { shape: [...batch, k, n], dtype },
    ];
  },
  forward: ([x], _, { dtype }) => {
    const { batch, m, n } = matricesOf("svd", x);
    const k = Math.min(m, n);
    const [left, values, right] = [m * k, k, k * n].map((size) => new Float64Array(sizeOf(batch) * size));
    eachMatrix(x, (matrix, member) => {
      const found = decompose(matrix, m, n);
      left.set(transposed(found.left, k, m), member * m * k);
      values.set(found.values, member * k);
      right.set(found.right, member * k * n);
    });
    return [left, values, right].map((part) => resultOf(part, dtype));
  },
  vjp: [(_, { outputs: [u, s, v] }, [toU, toS, toV]) => pullBack(u, s, v, toU, toS, toV)],
  readsOutput: true,
  batch: "leading",
  flops: /* @__PURE__ */ ofMatrices(singularFlops),
});

/** What a cotangent of vectors, the rows of `vectors`, turns them by: skew, each element over the difference of two squared values. */
function rotation(vectors: Tensor, cotangent: Tensor, gaps: Tensor): Tensor {
  const inner = matmul(vectors, cotangent);
  return div(sub(inner, transpose(inner)), gaps);
}

function pullBack(
  u: Tensor,
  s: Tensor,
  v: Tensor,
  toU: Tensor | null,
  toS: Tensor | null,
  toV: Tensor | null,
): Tensor | null {
  const [m, n, k] = [u.shape[u.rank - 2], v.shape[v.rank - 1], s.shape[s.rank - 1]];
  const [row, column] = [unsqueeze(s, -2), unsqueeze(s, -1)];
  const squares = square(s);
  const gaps = withDiagonal(1, sub(unsqueeze(squares, -2), unsqueeze(squares, -1)), k);
  const parts = [
    ...(toS === null ? [] : [withDiagonal(toS, 0, k)]),
    ...(toU === null ? [] : [mul(rotation(transpose(u), toU, gaps), row)]),
    ...(toV === null ? [] : [mul(column, rotation(v, transpose(toV), gaps))]),
  ];
  const inner = parts.reduce((a, b) => add(a, b));
  // What turns a vector out of the space of the others.
  if (toU !== null && m > k) {
    const scaled = div(toU, row);
    const outside = sub(scaled, matmul(u, matmul(transpose(u), scaled)));
    return matmul(add(matmul(u, inner), outside), v);
  }
  if (toV !== null && n > k) {
    const scaled = div(toV, column);
    const outside = sub(scaled, matmul(matmul(scaled, transpose(v)), v));
    return matmul(u, add(matmul(inner, v), outside));
  }
  return matmul(matmul(u, inner), v);
}

/**
 * The singular value decomposition A = U diag(S) Vᵀ, with S descending.
 *
 * The signs of the vectors, and the vectors of equal singular values, are not determined: gradients are right for functions that do not
 * depend on that choice, and not finite for vectors of equal values.
 *
 * @param x [..., m, n]
 * @returns U [..., m, k], S [..., k] and Vᵀ [..., k, n], k = min(m, n)
 * @throws ShapeError unless there are matrices
 * @see torch.linalg.svd with full_matrices=False
 * @example
 * svd(tensor([[3, 0], [0, -4]]))[1]; // [4, 3]
 * const [u, s, vh] = svd(tensor([[3, 0], [0, -4]]));
 * matmul(mul(u, s), vh); // [[3, 0], [0, -4]]
 */
export function svd(x: Tensor): [u: Tensor, s: Tensor, vh: Tensor] {
  return applyMany(svdOp, [x], undefined) as readonly Tensor[] as [Tensor, Tensor, Tensor];
}

/**
 * The singular values [..., min(m, n)] of [..., m, n], descending.
 *
 * @see torch.linalg.svdvals
 * @example
 * svdvals(tensor([[3, 0], [0, -4]])); // [4, 3]
 */
export function svdvals(x: Tensor): Tensor {
  return svd(x)[1];
}
