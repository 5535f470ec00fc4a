import { ShapeError } from "../../errors.ts";
import { factorLu, solveLu } from "../../kernels/linalg/lu.ts";
import { doublesOf, membersIn, resultOf } from "../../kernels/linalg/members.ts";
import { applyMany, defineOp } from "../../op.ts";
import { sameShape, sizeOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { neg } from "../elementwise/arithmetic.ts";
import { squeeze, transpose, unsqueeze } from "../movement/movement.ts";
import { matmul } from "../products/matmul.ts";
import { eliminationFlops, ofMatrices, substitutionFlops } from "./flops.ts";
import { checkRegular } from "./matrices.ts";
import { stretched, systemSignature } from "./solve-triangular.ts";

interface Checked {
  /** A singular matrix throws. */
  readonly checked: boolean;
}

/** The solution, and for each matrix where its pivot is zero, from 1. */
const solveOp: Op<Checked> = /* @__PURE__ */ defineOp<Checked>({
  name: "solve",
  shape: ([a, b]) => {
    const solution = systemSignature("solve", a, b);
    return [solution, { shape: solution.shape.slice(0, -2), dtype: "i32" }];
  },
  forward: ([a, b], { checked }, { shape, dtype }) => {
    const [n, k] = shape.slice(-2);
    const batch = a.shape.slice(0, -2);
    const factors = doublesOf(a);
    const factor = (member: number): Float64Array => factors.subarray(member * n * n, (member + 1) * n * n);
    const pivots = Array.from({ length: sizeOf(batch) }, () => new Int32Array(n));
    const information = Int32Array.from(pivots, (exchanged, member) =>
      factorLu(factor(member), n, n, exchanged),
    );
    if (checked) checkRegular("solve", information, batch);
    const x = doublesOf({ ...stretched(b, shape), shape });
    const members = membersIn(batch, shape.slice(0, -2));
    members.forEach((from, to) => {
      solveLu(factor(from), n, pivots[from], x.subarray(to * n * k, (to + 1) * n * k), k);
    });
    return [resultOf(x, dtype), members.map((from) => information[from])];
  },
  vjp: [
    (g, { inputs: [a], output, attributes }) =>
      neg(matmul(solution(transpose(a), g, attributes), transpose(output))),
    (g, { inputs: [a], attributes }) => solution(transpose(a), g, attributes),
  ],
  jvp: [
    (tangent, { inputs: [a], output, attributes }) => [
      neg(solution(a, matmul(tangent, output), attributes)),
      null,
    ],
    (tangent, { inputs: [a], attributes }) => [solution(a, tangent, attributes), null],
  ],
  reads: [[0], [0]],
  readsOutput: true,
  batch: "leading",
  flops: ([a], _, [solutions]) => ofMatrices(eliminationFlops)([a]) + substitutionFlops(solutions, 2),
});

const solution = (a: Tensor, b: Tensor, attributes: Checked): Tensor =>
  applyMany(solveOp, [a, b], attributes)[0];

export interface SolveOptions {
  /** Whether the unknown stands right of the matrix, A X = B (the default), or left of it, X A = B. */
  readonly left?: boolean;
}

function solved(a: Tensor, b: Tensor, { left = true }: SolveOptions, checked: boolean): [Tensor, Tensor] {
  // As in PyTorch, B holds vectors where it has one axis, or the very shape of A without the last.
  const isVector = b.rank === 1 || (b.rank === a.rank - 1 && sameShape(b.shape, a.shape.slice(0, -1)));
  if (a.rank < 2 || b.rank === 0)
    throw new ShapeError("solve", [a.shape, b.shape], "expected [..., n, n] and [..., n, k]");
  if (isVector) {
    const [column, information] = applyMany(solveOp, [left ? a : transpose(a), unsqueeze(b, -1)], {
      checked,
    });
    return [squeeze(column, -1), information];
  }
  if (left) return applyMany(solveOp, [a, b], { checked }) as [Tensor, Tensor];
  const [turned, information] = applyMany(solveOp, [transpose(a), transpose(b)], { checked });
  return [transpose(turned), information];
}

/**
 * Solves A X = B by elimination with partial pivoting.
 *
 * @param a [..., n, n]
 * @param b [..., n, k], or [..., k, n] if not `left`, or vectors [..., n]; the axes in front broadcast
 * @throws ShapeError if the extents do not fit; ArgumentError if a matrix is singular, with its place in the batch
 * @see torch.linalg.solve
 * @example
 * solve(tensor([[1, 2], [3, 4]]), tensor([5, 11])); // [1, 2]
 */
export function solve(a: Tensor, b: Tensor, options: SolveOptions = {}): Tensor {
  return solved(a, b, options, true)[0];
}

/**
 * `solve` that does not throw: with the solution come, as `i32` [...], 0 or the place of the first pivot that is zero.
 *
 * @see torch.linalg.solve_ex
 * @example
 * solveEx(tensor([[1, 2], [2, 4]]), tensor([1, 1]))[1]; // 2
 */
export function solveEx(
  a: Tensor,
  b: Tensor,
  options: SolveOptions = {},
): [solution: Tensor, information: Tensor] {
  return solved(a, b, options, false);
}
