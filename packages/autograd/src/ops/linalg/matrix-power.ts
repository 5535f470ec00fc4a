import { ArgumentError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { add, mul } from "../elementwise/arithmetic.ts";
import { matmul } from "../products/matmul.ts";
import { inv } from "./inv.ts";
import { squaresOf } from "./matrices.ts";
import { withDiagonal } from "./triangle.ts";

/**
 * A whole power of square matrices by repeated squaring; of their inverse where it is negative.
 *
 * @param x [..., n, n]
 * @throws ShapeError unless square; ArgumentError unless the exponent is whole, or if an inverse does not exist
 * @see torch.linalg.matrix_power
 * @example
 * matrixPower(tensor([[1, 1], [0, 1]]), 5); // [[1, 5], [0, 1]]
 * matrixPower(tensor([[1, 1], [0, 1]]), -1); // [[1, -1], [0, 1]]
 */
export function matrixPower(x: Tensor, exponent: number): Tensor {
  const { n } = squaresOf("matrixPower", x);
  if (!Number.isInteger(exponent))
    throw new ArgumentError("matrixPower", "expected a whole exponent", exponent);
  if (exponent === 0) return add(mul(x.detach(), 0), withDiagonal(1, 0, n));
  let square = exponent < 0 ? inv(x) : x;
  let result: Tensor | null = null;
  for (let left = Math.abs(exponent); ; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = result === null ? square : matmul(result, square);
    if (left <= 1) return result as Tensor;
    square = matmul(square, square);
  }
}
