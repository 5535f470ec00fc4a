import type { TypedArray } from "../../dtype.ts";
import { resultOf } from "../../kernels/linalg/members.ts";
import { factorQr, orthogonalFactor } from "../../kernels/linalg/qr.ts";
import { applyMany, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Signature, Tensor } from "../../tensor.ts";
import { add, sub } from "../elementwise/arithmetic.ts";
import { transpose } from "../movement/movement.ts";
import { concat, slice } from "../movement/slice.ts";
import { triu } from "../movement/triangle.ts";
import { matmul } from "../products/matmul.ts";
import { ofMatrices, reflectionFlops } from "./flops.ts";
import { eachMatrix, matricesOf } from "./matrices.ts";
import { solveTriangular } from "./solve-triangular.ts";

/** Q and R of matrices that are not wide: Q has as many columns as they. */
const qrOp = /* @__PURE__ */ defineOp({
  name: "qr",
  shape: ([x]) => signatures(x, x.shape[x.shape.length - 1]),
  forward: ([x], _, { shape }) => factorize(x, shape[shape.length - 1]),
  vjp: [
    (_, { outputs: [q, r] }, [toQ, toR]) => {
      const parts = [
        ...(toR === null ? [] : [matmul(toR, transpose(r))]),
        ...(toQ === null ? [] : [sub(0, matmul(transpose(q), toQ))]),
      ];
      const inner = triu(parts.reduce((a, b) => add(a, b)));
      const turned = matmul(q, add(inner, transpose(triu(inner, 1))));
      const total = toQ === null ? turned : add(turned, toQ);
      return solveTriangular(transpose(r), total, { left: false });
    },
  ],
  readsOutput: true,
  batch: "leading",
  flops: /* @__PURE__ */ ofMatrices(reflectionFlops),
});

/** With all columns of an orthogonal matrix: those beyond the columns of the operand are any that fit, and have no derivative. */
const completeQrOp = /* @__PURE__ */ defineOp({
  name: "qr",
  shape: ([x]) => signatures(x, x.shape[x.shape.length - 2]),
  forward: ([x], _, { shape }) => factorize(x, shape[shape.length - 1]),
  vjp: "none",
  batch: "leading",
});

function signatures(x: Signature, columns: number): Signature[] {
  const { batch, m, n, dtype } = matricesOf("qr", x);
  return [
    { shape: [...batch, m, columns], dtype },
    { shape: [...batch, columns, n], dtype },
  ];
}

function factorize(x: Tensor, columns: number): TypedArray[] {
  const { batch, m, n, dtype } = matricesOf("qr", x);
  const count = sizeOf(batch);
  const q = new Float64Array(count * m * columns);
  const r = new Float64Array(count * columns * n);
  eachMatrix(x, (matrix, member) => {
    const taus = factorQr(matrix, m, n);
    q.set(orthogonalFactor(matrix, m, n, taus, columns), member * m * columns);
    for (let i = 0; i < Math.min(m, columns); i++)
      for (let j = i; j < n; j++) r[(member * columns + i) * n + j] = matrix[i * n + j];
  });
  return [resultOf(q, dtype), resultOf(r, dtype)];
}

export interface QrOptions {
  /** All columns of Q, [..., m, m], and rows of R, where the matrix is tall; there it has no derivative. Default false. */
  readonly complete?: boolean;
}

/**
 * The factors of A = Q R: Q with orthonormal columns, R upper triangular. The signs on the diagonal of R are LAPACK's.
 *
 * @param x [..., m, n]
 * @returns Q [..., m, k] and R [..., k, n], k = min(m, n)
 * @throws ShapeError unless there are matrices
 * @see torch.linalg.qr; Roberts and Roberts 2020, "QR and LQ decomposition matrix backpropagation algorithms"
 * @example
 * qr(tensor([[3, 1], [4, 3]])); // [[[-0.6, -0.8], [-0.8, 0.6]], [[-5, -3], [0, 1]]]
 */
export function qr(x: Tensor, { complete = false }: QrOptions = {}): [q: Tensor, r: Tensor] {
  const { m, n } = matricesOf("qr", x);
  if (m >= n) return applyMany(complete && m > n ? completeQrOp : qrOp, [x], undefined) as [Tensor, Tensor];
  // The columns beyond the square part only follow: R₂ = Qᵀ A₂.
  const [q, r] = applyMany(qrOp, [slice(x, -1, { end: m })], undefined);
  return [q, concat([r, matmul(transpose(q), slice(x, -1, { start: m }))], -1)];
}
