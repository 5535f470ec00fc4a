import { exponential, exponentialAlong } from "../../kernels/linalg/matrix-exp.ts";
import { doublesOf, membersIn, resultOf } from "../../kernels/linalg/members.ts";
import { apply, defineOp } from "../../op.ts";
import { broadcastShapes, sizeOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { add } from "../elementwise/arithmetic.ts";
import { transpose } from "../movement/movement.ts";
import { pad, slice } from "../movement/slice.ts";
import { eachMatrix, realType, squaresOf } from "./matrices.ts";

const matrixExpOp: Op<void> = /* @__PURE__ */ defineOp({
  name: "matrixExp",
  shape: ([x]) => ({ shape: x.shape, dtype: squaresOf("matrixExp", x).dtype }),
  forward: ([x], _, { shape, dtype }) => {
    const n = shape[shape.length - 1];
    const out = new Float64Array(sizeOf(shape));
    eachMatrix(x, (matrix, member) => {
      out.set(exponential(matrix, n), member * n * n);
    });
    return resultOf(out, dtype);
  },
  vjp: [(g, { inputs: [x] }) => along(transpose(x), g)],
  jvp: [(tangent, { inputs: [x] }) => along(x, tangent)],
  reads: [[0]],
  batch: "leading",
});

/** The derivative at X along D. Its own derivatives are those of a block: it is a part of the exponential of [[X, D], [0, X]]. */
const alongOp: Op<void> = /* @__PURE__ */ defineOp({
  name: "matrixExpAlong",
  shape: ([x, d]) => {
    const batch = broadcastShapes("matrixExp", [x.shape.slice(0, -2), d.shape.slice(0, -2)]);
    return { shape: [...batch, ...x.shape.slice(-2)], dtype: realType(x, d) };
  },
  forward: ([x, d], _, { shape, dtype }) => {
    const n = shape[shape.length - 1];
    const batch = shape.slice(0, -2);
    const [points, directions] = [doublesOf(x), doublesOf(d)];
    const member = (data: Float64Array, k: number): Float64Array => data.subarray(k * n * n, (k + 1) * n * n);
    const atDirection = membersIn(d.shape.slice(0, -2), batch);
    const out = new Float64Array(sizeOf(shape));
    membersIn(x.shape.slice(0, -2), batch).forEach((at, k) => {
      out.set(exponentialAlong(member(points, at), member(directions, atDirection[k]), n), k * n * n);
    });
    return resultOf(out, dtype);
  },
  vjp: [
    (g, { inputs: [x, d] }) => {
      const n = x.shape[x.rank - 1];
      const whole = along(transpose(block(x, d)), corner(g));
      const [first, last] = [{ end: n }, { start: n }];
      return add(slice(slice(whole, -2, first), -1, first), slice(slice(whole, -2, last), -1, last));
    },
    (g, { inputs: [x] }) => along(transpose(x), g),
  ],
  jvp: [
    (tangent, { inputs: [x, d] }) => {
      const n = x.shape[x.rank - 1];
      const whole = along(block(x, d), block(tangent, null));
      return slice(slice(whole, -2, { end: n }), -1, { start: n });
    },
    (tangent, { inputs: [x] }) => along(x, tangent),
  ],
  reads: [[0, 1], [0]],
  batch: "leading",
});

const along = (x: Tensor, direction: Tensor): Tensor => apply(alongOp, [x, direction], undefined);

const around = (x: Tensor, ...matrix: [[number, number], [number, number]]): Tensor =>
  pad(x, [...x.shape.slice(2).map((): [number, number] => [0, 0]), ...matrix]);

/** [[0, D], [0, 0]] */
const corner = (d: Tensor): Tensor => {
  const n = d.shape[d.rank - 1];
  return around(d, [0, n], [n, 0]);
};

/** [[X, D], [0, X]] */
function block(x: Tensor, d: Tensor | null): Tensor {
  const n = x.shape[x.rank - 1];
  const diagonal = add(around(x, [0, n], [0, n]), around(x, [n, 0], [n, 0]));
  return d === null ? diagonal : add(diagonal, corner(d));
}

/**
 * The exponential Σ Aᵏ / k! of square matrices.
 *
 * @param x [..., n, n]
 * @throws ShapeError unless square
 * @see torch.linalg.matrix_exp
 * @example
 * matrixExp(tensor([[0, 1], [0, 0]])); // [[1, 1], [0, 1]]
 */
export function matrixExp(x: Tensor): Tensor {
  return apply(matrixExpOp, [x], undefined);
}
