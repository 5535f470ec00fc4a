import { fromData } from "../../create.ts";
import { ShapeError } from "../../errors.ts";
import { broadcastShapes } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { cast } from "../elementwise/cast.ts";
import { eq } from "../elementwise/choice.ts";
import { expand, transpose, unsqueeze } from "../movement/movement.ts";
import { slice } from "../movement/slice.ts";
import { triu } from "../movement/triangle.ts";
import { luFactorEx } from "./lu-factor.ts";
import { matricesOf, squaresOf } from "./matrices.ts";
import { exchange, exchangeBack, orderOfRows } from "./pivots.ts";
import { solveTriangular } from "./solve-triangular.ts";
import { unitLower } from "./triangle.ts";

/**
 * The permutation P, and the factors L and U, of matrices A = P L U, by partial pivoting.
 *
 * @param x [..., m, n]
 * @returns P [..., m, m], a constant; L [..., m, k] with ones on its diagonal; U [..., k, n]; k = min(m, n)
 * @see torch.linalg.lu
 * @example
 * lu(tensor([[1, 2], [4, 4]])); // [[[0, 1], [1, 0]], [[1, 0], [0.25, 1]], [[4, 4], [0, 1]]]
 */
export function lu(x: Tensor): [permutation: Tensor, lower: Tensor, upper: Tensor] {
  const [factors, pivots] = luFactorEx(x);
  return luUnpack(factors, pivots);
}

/**
 * P, L and U out of what `luFactor` gives.
 *
 * @param factors [..., m, n]
 * @param pivots  `i32` [..., min(m, n)]
 * @throws ShapeError if the pivots do not fit
 * @see torch.lu_unpack
 * @example
 * luUnpack(...luFactor(tensor([[1, 2], [4, 4]]))); // [[[0, 1], [1, 0]], [[1, 0], [0.25, 1]], [[4, 4], [0, 1]]]
 */
export function luUnpack(
  factors: Tensor,
  pivots: Tensor,
): [permutation: Tensor, lower: Tensor, upper: Tensor] {
  const { m, n } = matricesOf("luUnpack", factors);
  const k = Math.min(m, n);
  checkPivots("luUnpack", factors, pivots, k);
  const order = orderOfRows(pivots, m);
  const places = fromData(
    Int32Array.from({ length: m }, (_, row) => row),
    [m, 1],
  );
  const permutation = cast(eq(places, unsqueeze(order, -2)), factors.dtype);
  const lowerFactor = unitLower(slice(factors, -1, { end: k }));
  return [permutation, lowerFactor, triu(slice(factors, -2, { end: k }))];
}

/**
 * Solves A X = B from what `luFactor` gives for A.
 *
 * @param factors [..., n, n]
 * @param pivots  `i32` [..., n]
 * @param b       [..., n, k], or [..., k, n] if not `left`; the axes in front broadcast
 * @throws ShapeError if the extents do not fit
 * @see torch.linalg.lu_solve
 * @example
 * luSolve(...luFactor(tensor([[1, 2], [3, 4]])), tensor([[5], [11]])); // [[1], [2]]
 */
export function luSolve(
  factors: Tensor,
  pivots: Tensor,
  b: Tensor,
  {
    left = true,
    adjoint = false,
  }: {
    /** Solves A X = B (the default), or X A = B. */
    readonly left?: boolean;
    /** Solves with Aᵀ in place of A; default false. */
    readonly adjoint?: boolean;
  } = {},
): Tensor {
  const { n, batch } = squaresOf("luSolve", factors);
  checkPivots("luSolve", factors, pivots, n);
  if (!left) return transpose(luSolve(factors, pivots, transpose(b), { adjoint: !adjoint }));
  const right = matricesOf("luSolve", b);
  if (right.m !== n)
    throw new ShapeError("luSolve", [factors.shape, b.shape], "expected [..., n, n] and [..., n, k]");
  const common = broadcastShapes("luSolve", [batch, right.batch], [factors.shape, b.shape]);
  const stretchedPivots = expand(pivots, [...common, n]);
  const rows = expand(b, [...common, n, right.n]);
  if (adjoint) {
    const half = solveTriangular(transpose(factors), rows);
    const whole = solveTriangular(transpose(factors), half, { upper: true, unitriangular: true });
    return exchangeBack(whole, stretchedPivots);
  }
  const half = solveTriangular(factors, exchange(rows, stretchedPivots), { unitriangular: true });
  return solveTriangular(factors, half, { upper: true });
}

function checkPivots(operation: string, factors: Tensor, pivots: Tensor, k: number): void {
  const expected = [...factors.shape.slice(0, -2), k];
  if (pivots.rank !== expected.length || pivots.shape.some((extent, axis) => extent !== expected[axis]))
    throw new ShapeError(
      operation,
      [factors.shape, pivots.shape],
      "expected [..., m, n] and [..., min(m, n)]",
    );
}
