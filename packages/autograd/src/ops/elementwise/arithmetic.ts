import { toTensor } from "../../create.ts";
import { apply } from "../../op.ts";
import * as row from "../../scalar/arithmetic.ts";
import { Scalar } from "../../scalar/expression.ts";
import type { Tensor, TensorLike } from "../../tensor.ts";
import { type Binary, binary, mapped, type Unary, unary } from "./elementwise.ts";

/**
 * a + b, broadcast.
 *
 * @see torch.add
 * @example
 * add(tensor([[1], [2]]), tensor([10, 20])); // [[11, 21], [12, 22]]
 */
export const add: Binary = /* @__PURE__ */ binary(row.add);

/**
 * a - b, broadcast.
 *
 * @see torch.sub
 * @example
 * sub(10, tensor([[1], [2]])); // [[9], [8]]
 */
export const sub: Binary = /* @__PURE__ */ binary(row.sub);

/**
 * a · b, element by element, broadcast.
 *
 * @see torch.mul
 * @example
 * mul(tensor([1, 2, 3]), tensor([4, 5, 6])); // [4, 10, 18]
 * grad((x) => sum(mul(x, x)))(tensor([1, 2])); // [2, 4]
 */
export const mul: Binary = /* @__PURE__ */ binary(row.mul);

/**
 * a / b, broadcast; whole numbers divide to `f32`.
 *
 * @see torch.div
 * @example
 * div(tensor([7, 1, -1, 0]), tensor([2, 0, 0, 0])); // [3.5, Infinity, -Infinity, NaN]
 * div(tensor([7, 8], { dtype: "i32" }), 2); // [3.5, 4]
 */
export const div: Binary = /* @__PURE__ */ binary(row.div, "floating");

/**
 * -x.
 *
 * @see torch.neg
 * @example
 * neg(tensor([-1, 2])); // [1, -2]
 */
export const neg: Unary = /* @__PURE__ */ unary(row.neg, "same");

/**
 * x².
 *
 * @see torch.square
 * @example
 * square(tensor([-3, 0.5])); // [9, 0.25]
 */
export const square: Unary = /* @__PURE__ */ unary(row.square, "same");

/**
 * 1/x.
 *
 * @see torch.reciprocal
 * @example
 * reciprocal(tensor([2, -4, 0])); // [0.5, -0.25, Infinity]
 */
export const reciprocal: Unary = /* @__PURE__ */ unary(row.reciprocal);

const lerpOp = /* @__PURE__ */ mapped("lerp", 3, (...inputs) => Scalar.apply(row.lerp, inputs), "floating");

/**
 * a + weight (b - a), broadcast, exact at the weights 0 and 1.
 *
 * @see torch.lerp
 * @example
 * lerp(tensor([0, 10]), tensor([10, 20]), 0.25); // [2.5, 12.5]
 */
export function lerp(a: TensorLike, b: TensorLike, weight: TensorLike): Tensor {
  return apply(lerpOp, operandsOf(a, b, weight), undefined);
}

const addcmulOp = /* @__PURE__ */ mapped("addcmul", 4, (x, a, b, value) =>
  row.sumOf(x, row.productOf(value, row.productOf(a, b))),
);

/**
 * x + value · a · b, broadcast, in one loop.
 *
 * @see torch.addcmul
 * @example
 * addcmul(tensor([1, 1]), tensor([1, 2]), tensor([3, 4]), 0.5); // [2.5, 5]
 */
export function addcmul(x: TensorLike, a: TensorLike, b: TensorLike, value: TensorLike = 1): Tensor {
  return apply(addcmulOp, operandsOf(x, a, b, value), undefined);
}

const addcdivOp = /* @__PURE__ */ mapped(
  "addcdiv",
  4,
  (x, a, b, value) => row.sumOf(x, row.productOf(value, row.quotientOf(a, b))),
  "floating",
);

/**
 * x + value · a / b, broadcast, in one loop.
 *
 * @see torch.addcdiv
 * @example
 * addcdiv(tensor([1, 1]), tensor([1, 2]), tensor([2, 8]), 10); // [6, 3.5]
 */
export function addcdiv(x: TensorLike, a: TensorLike, b: TensorLike, value: TensorLike = 1): Tensor {
  return apply(addcdivOp, operandsOf(x, a, b, value), undefined);
}

/** Numbers take the element type of the first tensor among the operands. */
function operandsOf(...operands: TensorLike[]): Tensor[] {
  const dtype = operands.find((operand) => typeof operand !== "number")?.dtype;
  return operands.map((operand) => toTensor(operand, dtype));
}
