import { cofactors, cofactorsAlong } from "../../kernels/linalg/cofactor.ts";
import { determinantOf, factorLu } from "../../kernels/linalg/lu.ts";
import { doublesOf, resultOf } from "../../kernels/linalg/members.ts";
import { apply, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { add, mul, sub } from "../elementwise/arithmetic.ts";
import { diagonal } from "../movement/diagonal.ts";
import { transpose, unsqueeze } from "../movement/movement.ts";
import { matmul } from "../products/matmul.ts";
import { sum } from "../reductions/reduce.ts";
import { eliminationFlops, ofMatrices } from "./flops.ts";
import { inv } from "./inv.ts";
import { eachMatrix, squaresOf } from "./matrices.ts";
import { withDiagonal } from "./triangle.ts";

// The determinant is a polynomial: its first and second derivative are right for singular matrices, too. Higher ones go through the inverse.

const detOp = /* @__PURE__ */ defineOp({
  name: "det",
  shape: ([x]) => {
    const { batch, dtype } = squaresOf("det", x);
    return { shape: batch, dtype };
  },
  forward: ([x], _, { shape, dtype }) => {
    const n = x.shape[x.rank - 1];
    const out = new Float64Array(sizeOf(shape));
    eachMatrix(x, (matrix, member) => {
      const pivots = new Int32Array(n);
      factorLu(matrix, n, n, pivots);
      out[member] = determinantOf(matrix, n, pivots);
    });
    return resultOf(out, dtype);
  },
  vjp: [(g, { inputs: [x] }) => mul(overMatrices(g), apply(cofactorOp, [x], undefined))],
  jvp: [(tangent, { inputs: [x] }) => inner(tangent, apply(cofactorOp, [x], undefined))],
  reads: [[0]],
  batch: "leading",
  flops: /* @__PURE__ */ ofMatrices(eliminationFlops),
});

const cofactorOp: Op<void> = /* @__PURE__ */ defineOp({
  name: "cofactors",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward: ([x], _, { shape, dtype }) => {
    const n = shape[shape.length - 1];
    const out = new Float64Array(sizeOf(shape));
    eachMatrix(x, (matrix, member) => {
      out.set(cofactors(matrix, n), member * n * n);
    });
    return resultOf(out, dtype);
  },
  vjp: [(g, { inputs: [x] }) => apply(cofactorsAlongOp, [x, g], undefined)],
  jvp: [(tangent, { inputs: [x] }) => apply(cofactorsAlongOp, [x, tangent], undefined)],
  reads: [[0]],
  batch: "leading",
});

/** The second derivative of the determinant is symmetric, so it is its own adjoint, and so is the third. */
const cofactorsAlongOp: Op<void> = /* @__PURE__ */ defineOp({
  name: "cofactorsAlong",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward: ([x, direction], _, { shape, dtype }) => {
    const n = shape[shape.length - 1];
    const out = new Float64Array(sizeOf(shape));
    const directions = doublesOf(direction);
    eachMatrix(x, (matrix, member) => {
      const along = directions.subarray(member * n * n, (member + 1) * n * n);
      out.set(cofactorsAlong(matrix, along, n), member * n * n);
    });
    return resultOf(out, dtype);
  },
  vjp: [
    (g, { inputs: [x, direction] }) => thirdDerivative(x, direction, g),
    (g, { inputs: [x] }) => apply(cofactorsAlongOp, [x, g], undefined),
  ],
  jvp: [
    (tangent, { inputs: [x, direction] }) => thirdDerivative(x, direction, tangent),
    (tangent, { inputs: [x] }) => apply(cofactorsAlongOp, [x, tangent], undefined),
  ],
  reads: [[0, 1], [0]],
});

function thirdDerivative(x: Tensor, first: Tensor, second: Tensor): Tensor {
  const inverse = inv(x);
  const [a, b] = [matmul(inverse, first), matmul(inverse, second)];
  const [ab, ba] = [matmul(a, b), matmul(b, a)];
  const trace = (y: Tensor): Tensor => sum(diagonal(y, 0, -2, -1), { axis: -1 });
  const n = x.shape[x.rank - 1];
  const onDiagonal = overMatrices(sub(mul(trace(a), trace(b)), trace(ab)));
  const crossed = add(mul(a, overMatrices(trace(b))), mul(b, overMatrices(trace(a))));
  const middle = add(sub(mul(withDiagonal(1, 0, n), onDiagonal), crossed), add(ab, ba));
  return mul(overMatrices(det(x)), transpose(matmul(middle, inverse)));
}

const overMatrices = (x: Tensor): Tensor => unsqueeze(unsqueeze(x, -1), -1);
const inner = (a: Tensor, b: Tensor): Tensor => sum(mul(a, b), { axis: [-2, -1] });

/**
 * The determinant of square matrices.
 *
 * Derivatives are those of a polynomial: the first two are right for singular matrices, too; higher ones throw there.
 *
 * @param x [..., n, n]
 * @returns [...]
 * @throws ShapeError unless square
 * @see torch.linalg.det
 * @example
 * det(tensor([[1, 2], [3, 4]])); // -2
 * grad(det)(tensor([[1, 2], [2, 4]])); // [[4, -2], [-2, 1]]
 */
export function det(x: Tensor): Tensor {
  return apply(detOp, [x], undefined);
}
