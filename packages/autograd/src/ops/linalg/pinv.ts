import { doublesOf, membersIn, resultOf } from "../../kernels/linalg/members.ts";
import { decompose, type SingularValues } from "../../kernels/linalg/svd.ts";
import { apply, defineOp } from "../../op.ts";
import { broadcastShapes, sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add, sub } from "../elementwise/arithmetic.ts";
import { transpose, unsqueeze } from "../movement/movement.ts";
import { matmul } from "../products/matmul.ts";
import { ofMatrices, singularFlops } from "./flops.ts";
import { eachMatrix, matricesOf, squaresOf } from "./matrices.ts";
import { type ToleranceOptions, tolerancesOf } from "./tolerance.ts";

/** The tolerances come as [..., 1, 1]: below one of them, a singular value counts as zero. */
const pinvOp = /* @__PURE__ */ defineOp<{ readonly hermitian: boolean }>({
  name: "pinv",
  shape: ([x, ...tolerances]) => {
    const { batch, m, n, dtype } = matricesOf("pinv", x);
    const shapes = [batch, ...tolerances.map(({ shape }) => shape.slice(0, -2))];
    const common = broadcastShapes("pinv", shapes, [x.shape, ...tolerances.map(({ shape }) => shape)]);
    return { shape: [...common, n, m], dtype };
  },
  forward: ([x, ...tolerances], { hermitian }, { shape, dtype }) => {
    const [n, m] = shape.slice(-2);
    const batch = shape.slice(0, -2);
    const own = x.shape.slice(0, -2);
    const decomposed: SingularValues[] = [];
    eachMatrix(x, (matrix) => {
      if (hermitian) mirrorLower(matrix, n);
      decomposed.push(decompose(matrix, m, n));
    });
    const [relative, absolute] = tolerances.map((tolerance) => {
      const values = doublesOf(tolerance);
      return Float64Array.from(membersIn(tolerance.shape.slice(0, -2), batch), (from) => values[from]);
    });
    const out = new Float64Array(sizeOf(shape));
    membersIn(own, batch).forEach((from, to) => {
      const { values, left, right } = decomposed[from];
      const limit = Math.max(absolute[to], relative[to] * (values[0] ?? 0));
      const result = out.subarray(to * n * m, (to + 1) * n * m);
      for (let k = 0; k < values.length && !(values[k] <= limit); k++)
        for (let i = 0; i < n; i++)
          for (let j = 0; j < m; j++) result[i * m + j] += (right[k * n + i] / values[k]) * left[k * m + j];
    });
    return resultOf(out, dtype);
  },
  vjp: [
    (g, { inputs: [x], output }) => {
      const [turned, gradient] = [transpose(output), transpose(g)];
      const inner = matmul(gradient, output);
      const within = matmul(inner, turned);
      const outside = matmul(matmul(turned, output), sub(gradient, matmul(inner, x)));
      return add(
        sub(within, transpose(matmul(output, inner))),
        sub(outside, matmul(matmul(x, output), within)),
      );
    },
    null,
    null,
  ],
  reads: [[0]],
  readsOutput: true,
  batch: "leading",
  flops: /* @__PURE__ */ ofMatrices((m, n) => singularFlops(m, n) + 2 * m * n * Math.min(m, n)),
});

function mirrorLower(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) matrix[i * n + j] = matrix[j * n + i];
}

export interface PseudoinverseOptions extends ToleranceOptions {
  /** The matrix is symmetric: only its lower triangle is read. Default false. */
  readonly hermitian?: boolean;
}

/**
 * The pseudoinverse (Moore, Penrose) of matrices of any rank.
 *
 * The gradient is that among matrices of the same rank.
 *
 * @param x [..., m, n]; tolerances may be tensors [...]
 * @returns [..., n, m]
 * @throws ShapeError unless there are matrices
 * @see torch.linalg.pinv; Golub and Pereyra 1973, "The differentiation of pseudo-inverses"
 * @example
 * pinv(tensor([[2, 0], [0, 0], [0, 4]])); // [[0.5, 0, 0], [0, 0, 0.25]]
 */
export function pinv(x: Tensor, { hermitian = false, ...options }: PseudoinverseOptions = {}): Tensor {
  if (hermitian) squaresOf("pinv", x);
  const { relative, absolute } = tolerancesOf("pinv", x, options);
  return apply(pinvOp, [x, overMatrices(relative), overMatrices(absolute)], { hermitian });
}

const overMatrices = (x: Tensor): Tensor => unsqueeze(unsqueeze(x, -1), -1);
