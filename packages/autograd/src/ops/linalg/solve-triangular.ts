import { ShapeError } from "../../errors.ts";
import { doublesOf, membersIn, resultOf } from "../../kernels/linalg/members.ts";
import { solveTriangle, type Triangle } from "../../kernels/linalg/triangular.ts";
import { stretchedStrides } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import { broadcastShapes } from "../../shape.ts";
import type { Op, Signature, Tensor } from "../../tensor.ts";
import { neg } from "../elementwise/arithmetic.ts";
import { transpose } from "../movement/movement.ts";
import { tril, triu } from "../movement/triangle.ts";
import { matmul } from "../products/matmul.ts";
import { substitutionFlops } from "./flops.ts";
import { matricesOf, realType, squaresOf } from "./matrices.ts";

/** T X = B; the triangle that is not read has no gradient, nor has the diagonal of a unitriangular T. */
const solveTriangularOp: Op<Triangle> = /* @__PURE__ */ defineOp<Triangle>({
  name: "solveTriangular",
  shape: ([t, b]) => systemSignature("solveTriangular", t, b),
  forward: ([t, b], triangle, { shape, dtype }) => {
    const batch = shape.slice(0, -2);
    const [n, k] = shape.slice(-2);
    const triangles = doublesOf(t);
    const x = doublesOf({ ...stretched(b, shape), shape });
    membersIn(t.shape.slice(0, -2), batch).forEach((from, to) => {
      solveTriangle(
        triangles.subarray(from * n * n, (from + 1) * n * n),
        n,
        x.subarray(to * n * k, (to + 1) * n * k),
        k,
        triangle,
      );
    });
    return resultOf(x, dtype);
  },
  vjp: [
    (g, { inputs: [t], output, attributes }) =>
      part(neg(matmul(adjointSolve(t, g, attributes), transpose(output))), attributes),
    (g, { inputs: [t], attributes }) => adjointSolve(t, g, attributes),
  ],
  jvp: [
    (tangent, { inputs: [t], output, attributes }) =>
      neg(apply(solveTriangularOp, [t, matmul(part(tangent, attributes), output)], attributes)),
    (tangent, { inputs: [t], attributes }) => apply(solveTriangularOp, [t, tangent], attributes),
  ],
  reads: [[0], [0]],
  readsOutput: true,
  batch: "leading",
  flops: (_, __, [solutions]) => substitutionFlops(solutions, 1),
});

/** The result of solving A X = B with A [..., n, n] and B [..., n, k]; the axes in front broadcast. */
export function systemSignature(operation: string, a: Signature, b: Signature): Signature {
  const { n, batch } = squaresOf(operation, a);
  const right = matricesOf(operation, b);
  if (right.m !== n)
    throw new ShapeError(operation, [a.shape, b.shape], "expected [..., n, n] and [..., n, k]");
  const common = broadcastShapes(operation, [batch, right.batch], [a.shape, b.shape]);
  return { shape: [...common, n, right.n], dtype: realType(a, b) };
}

export const stretched = ({ data, offset, shape, strides }: Tensor, to: readonly number[]) => ({
  data,
  offset,
  strides: stretchedStrides(shape, strides, to),
});

function part(x: Tensor, triangle: Triangle): Tensor {
  if (triangle.upper) return triangle.unitriangular ? triu(x, 1) : triu(x);
  return triangle.unitriangular ? tril(x, -1) : tril(x);
}

const adjointSolve = (t: Tensor, g: Tensor, triangle: Triangle): Tensor =>
  apply(solveTriangularOp, [transpose(t), g], { ...triangle, upper: !triangle.upper });

export interface TriangularOptions {
  /** Which triangle is read; default the lower one. */
  readonly upper?: boolean;
  /** Whether the unknown stands right of the matrix, T X = B (the default), or left of it, X T = B. */
  readonly left?: boolean;
  /** The diagonal is ones and not read; default false. */
  readonly unitriangular?: boolean;
}

/**
 * Solves T X = B for a triangular T; the other triangle is not read.
 *
 * A zero on the diagonal makes the result infinite or NaN.
 *
 * @param t [..., n, n]
 * @param b [..., n, k], or [..., k, n] if not `left`; the axes in front broadcast
 * @throws ShapeError if the extents do not fit
 * @see torch.linalg.solve_triangular
 * @example
 * solveTriangular(tensor([[2, 0], [1, 1]]), tensor([[4], [5]])); // [[2], [3]]
 */
export function solveTriangular(
  t: Tensor,
  b: Tensor,
  { upper: isUpper = false, left = true, unitriangular = false }: TriangularOptions = {},
): Tensor {
  if (left) return apply(solveTriangularOp, [t, b], { upper: isUpper, unitriangular });
  if (t.rank < 2 || b.rank < 2)
    throw new ShapeError("solveTriangular", [t.shape, b.shape], "expected [..., n, n] and [..., k, n]");
  const turned = { upper: !isUpper, unitriangular };
  return transpose(apply(solveTriangularOp, [transpose(t), transpose(b)], turned));
}
