import { ArgumentError } from "../../errors.ts";
import { normalizeAxis } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { abs } from "../elementwise/choice.ts";
import { movedim } from "../movement/movedim.ts";
import { reshape } from "../movement/movement.ts";
import { max, min } from "../reductions/extremum.ts";
import { vectorNorm } from "../reductions/norm.ts";
import { sum } from "../reductions/reduce.ts";
import { svdvals } from "./svd.ts";

/**
 * Which norm: "fro" √Σx²; "nuc" the sum of the singular values; 2, -2 the largest, smallest of them; 1, -1 the largest, smallest sum of
 * magnitudes of a column; Infinity, -Infinity of a row.
 */
export type MatrixNormOrder = "fro" | "nuc" | number;

export interface MatrixNormOptions {
  /** Default "fro". */
  readonly ord?: MatrixNormOrder;
  /** The two axes of the matrices; default the last. */
  readonly axis?: readonly [number, number];
  /** Keep the two axes with extent 1; default false. */
  readonly keepDims?: boolean;
}

/**
 * A norm of matrices. What ties in a largest or smallest shares the gradient evenly; at zero the derivative of "fro" is zero.
 *
 * @returns the shape without the two axes
 * @throws ArgumentError if there is no such norm, or unless the axes are two; ShapeError for a largest of nothing
 * @see torch.linalg.matrix_norm
 * @example
 * matrixNorm(tensor([[3, 0], [0, 4]])); // 5
 * matrixNorm(tensor([[3, 0], [0, 4]]), { ord: "nuc" }); // 7
 * matrixNorm(tensor([[3, 0], [0, 4]]), { ord: 2 }); // 4
 */
export function matrixNorm(
  x: Tensor,
  { ord = "fro", axis = [-2, -1], keepDims = false }: MatrixNormOptions = {},
): Tensor {
  const axes = axis.map((at) => normalizeAxis("matrixNorm", at, x.rank));
  if (axes.length !== 2 || axes[0] === axes[1])
    throw new ArgumentError("matrixNorm", "expected two different axes", axis);
  const result = normOfLast(movedim(x, axes, [-2, -1]), ord);
  if (!keepDims) return result;
  return reshape(
    result,
    x.shape.map((extent, k) => (axes.includes(k) ? 1 : extent)),
  );
}

function normOfLast(x: Tensor, ord: MatrixNormOrder): Tensor {
  if (ord === "fro") return vectorNorm(x, { axis: [-2, -1] });
  if (ord === "nuc") return sum(svdvals(x), { axis: -1 });
  const extreme = ord > 0 ? max : min;
  const size = Math.abs(ord);
  if (size === 2) return extreme(svdvals(x), { axis: -1 });
  if (size === 1) return extreme(sum(abs(x), { axis: -2 }), { axis: -1 });
  if (size === Number.POSITIVE_INFINITY) return extreme(sum(abs(x), { axis: -1 }), { axis: -1 });
  throw new ArgumentError("matrixNorm", 'expected "fro", "nuc", 1, -1, 2, -2, Infinity or -Infinity', ord);
}

export interface LinalgNormOptions {
  /** Default: √Σx² over all axes that are given, however many. */
  readonly ord?: MatrixNormOrder;
  /** One axis for a norm of vectors, two for one of matrices; default all. */
  readonly axis?: number | readonly number[];
  readonly keepDims?: boolean;
}

/**
 * A norm of vectors or of matrices, by how many axes there are: `vectorNorm` or `matrixNorm`.
 *
 * @throws ArgumentError if an order is given for other than one or two axes
 * @see torch.linalg.norm
 * @example
 * linalgNorm(tensor([[3, 0], [0, 4]])); // 5
 * linalgNorm(tensor([1, -2, 3]), { ord: 1 }); // 6
 * linalgNorm(tensor([[1, -2], [3, 4]]), { ord: 1 }); // 6
 */
export function linalgNorm(x: Tensor, { ord, axis, keepDims = false }: LinalgNormOptions = {}): Tensor {
  if (ord === undefined) return vectorNorm(x, { axis, keepDims });
  const axes = axis === undefined ? x.shape.map((_, k) => k) : [axis].flat();
  if (axes.length === 1 && typeof ord === "number") return vectorNorm(x, { ord, axis: axes, keepDims });
  const [rows, columns] = axes;
  if (axes.length === 2) return matrixNorm(x, { ord, axis: [rows, columns], keepDims });
  throw new ArgumentError(
    "linalgNorm",
    "expected one axis for a norm of vectors, two for one of matrices",
    axes,
  );
}
