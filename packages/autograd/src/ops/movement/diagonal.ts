import { allocate } from "../../dtype.ts";
import { ArgumentError, ShapeError } from "../../errors.ts";
import { movesOnly } from "../../graph/flops.ts";
import { copyInto } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import { normalizeAxis, sizeOf, stridesOf } from "../../shape.ts";
import type { Op, Tensor } from "../../tensor.ts";
import { movedim } from "./movedim.ts";
import { flatten } from "./movement.ts";
import { narrow, pad } from "./slice.ts";

/** Reading a diagonal and writing one into zeros are each other's adjoint: square matrices [..., n, n] and vectors [..., n]. */
const diagonalOp: Op<void> = /* @__PURE__ */ defineOp({
  name: "diagonal",
  shape: ([x]) => ({ shape: x.shape.slice(0, -1), dtype: x.dtype }),
  forward: ([x], _, { shape }) => {
    const [down, right] = x.strides.slice(-2);
    return { data: x.data, shape, strides: [...x.strides.slice(0, -2), down + right], offset: x.offset };
  },
  vjp: [(g) => apply(diagonalMatrixOp, [g], undefined)],
  jvp: "linear",
  batch: "leading",
  flops: movesOnly,
});

const diagonalMatrixOp: Op<void> = /* @__PURE__ */ defineOp({
  name: "diagonalMatrix",
  shape: ([x]) => ({ shape: [...x.shape, x.shape[x.shape.length - 1]], dtype: x.dtype }),
  forward: ([x], _, { shape, dtype }) => {
    const out = allocate(dtype, sizeOf(shape));
    const strides = stridesOf(shape);
    copyInto(out, [...strides.slice(0, -2), strides[strides.length - 2] + 1], 0, x);
    return out;
  },
  vjp: [(g) => apply(diagonalOp, [g], undefined)],
  jvp: "linear",
  batch: "leading",
  flops: movesOnly,
});

const checkOffset = (operation: string, offset: number): void => {
  if (!Number.isInteger(offset)) throw new ArgumentError(operation, "expected a whole offset", offset);
};

function twoAxes(operation: string, first: number, second: number, rank: number): [number, number] {
  const [a, b] = [normalizeAxis(operation, first, rank), normalizeAxis(operation, second, rank)];
  if (a === b) throw new ArgumentError(operation, "expected two different axes", [first, second]);
  return [a, b];
}

/**
 * A diagonal of the matrices in the axes `first` and `second`, as a view; the two go, and the diagonal is the last axis.
 *
 * @param offset how far above the main diagonal; negative: below
 * @throws ArgumentError unless the axes are two
 * @see torch.diagonal
 * @example
 * diagonal(tensor([[1, 2, 3], [4, 5, 6]])); // [1, 5]
 * diagonal(tensor([[1, 2, 3], [4, 5, 6]]), 1); // [2, 6]
 */
export function diagonal(x: Tensor, offset = 0, first = 0, second = 1): Tensor {
  checkOffset("diagonal", offset);
  const axes = twoAxes("diagonal", first, second, x.rank);
  const [rows, columns] = axes.map((axis) => x.shape[axis]);
  const length = Math.max(0, Math.min(rows + Math.min(0, offset), columns - Math.max(0, offset)));
  const starts = length === 0 ? [0, 0] : [Math.max(0, -offset), Math.max(0, offset)];
  const square = axes.reduce((part, axis, k) => narrow(part, axis, starts[k], length), x);
  return apply(diagonalOp, [movedim(square, axes, [-2, -1])], undefined);
}

/**
 * Matrices with the last axis on a diagonal and zeros elsewhere; their axes stand at `first` and `second` of the result.
 *
 * @param offset how far above the main diagonal; negative: below
 * @throws ArgumentError unless the axes are two; ShapeError for a scalar
 * @see torch.diag_embed
 * @example
 * diagEmbed(tensor([[1, 2], [3, 4]])); // [[[1, 0], [0, 2]], [[3, 0], [0, 4]]]
 */
export function diagEmbed(x: Tensor, offset = 0, first = -2, second = -1): Tensor {
  checkOffset("diagEmbed", offset);
  if (x.rank === 0) throw new ShapeError("diagEmbed", [x.shape], "expected at least one axis");
  const axes = twoAxes("diagEmbed", first, second, x.rank + 1);
  const [above, below] = [Math.max(0, offset), Math.max(0, -offset)];
  const around = x.shape.slice(1).map((): [number, number] => [0, 0]);
  const matrices = pad(apply(diagonalMatrixOp, [x], undefined), [...around, [below, above], [above, below]]);
  return movedim(matrices, [-2, -1], axes);
}

/**
 * The matrix with a vector on its diagonal, or the diagonal of a matrix.
 *
 * @throws ShapeError unless it is one of them
 * @see torch.diag
 * @example
 * diag(tensor([1, 2])); // [[1, 0], [0, 2]]
 * diag(tensor([[1, 2], [3, 4]])); // [1, 4]
 * diag(tensor([[1, 2], [3, 4]]), 1); // [2]
 */
export function diag(x: Tensor, offset = 0): Tensor {
  if (x.rank !== 1 && x.rank !== 2) throw new ShapeError("diag", [x.shape], "expected a vector or a matrix");
  return x.rank === 1 ? diagEmbed(x, offset) : diagonal(x, offset);
}

/**
 * The matrix with all elements on its diagonal.
 *
 * @see torch.diagflat
 * @example
 * diagflat(tensor([[1, 2]]), 1); // [[0, 1, 0], [0, 0, 2], [0, 0, 0]]
 */
export function diagflat(x: Tensor, offset = 0): Tensor {
  return diagEmbed(flatten(x), offset);
}
