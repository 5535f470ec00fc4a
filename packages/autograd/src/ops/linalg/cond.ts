import { zeros } from "../../create.ts";
import type { Tensor } from "../../tensor.ts";
import { div, mul } from "../elementwise/arithmetic.ts";
import { ne, where } from "../elementwise/choice.ts";
import { select } from "../movement/select.ts";
import { invEx } from "./inv.ts";
import { matricesOf } from "./matrices.ts";
import { type MatrixNormOrder, matrixNorm } from "./matrix-norm.ts";
import { svdvals } from "./svd.ts";

/**
 * The condition number: the norm of a matrix times that of its inverse; Infinity if it is singular, 0 if it is empty.
 *
 * @param x [..., m, n]; square, but for the orders 2 (the default) and -2
 * @returns [...]
 * @throws ShapeError unless there are matrices that the order fits
 * @see torch.linalg.cond
 * @example
 * cond(tensor([[2, 0], [0, 0.5]])); // 4
 * cond(tensor([[1, 0], [0, 0]])); // Infinity
 */
export function cond(x: Tensor, { ord = 2 }: { readonly ord?: MatrixNormOrder } = {}): Tensor {
  const { batch, dtype } = matricesOf("cond", x);
  if (x.size === 0) return zeros(batch, dtype);
  if (ord === 2 || ord === -2) {
    const values = svdvals(x);
    const [largest, smallest] = [select(values, -1, 0), select(values, -1, -1)];
    return ord === 2 ? div(largest, smallest) : div(smallest, largest);
  }
  const [inverse, information] = invEx(x);
  const product = mul(matrixNorm(x, { ord }), matrixNorm(inverse, { ord }));
  return where(ne(information, 0), Number.POSITIVE_INFINITY, product);
}
