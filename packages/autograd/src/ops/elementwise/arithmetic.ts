import { toTensor } from "../../create.ts";
import { apply } from "../../op.ts";
import * as row from "../../scalar/arithmetic.ts";
import { Scalar } from "../../scalar/expression.ts";
import type { Tensor, TensorLike } from "../../tensor.ts";
import { type Binary, binary, mapped, type Unary, unary } from "./elementwise.ts";

/** a + b, broadcast. @see torch.add */
export const add: Binary = /* @__PURE__ */ binary(row.add);

/** a - b, broadcast. @see torch.sub */
export const sub: Binary = /* @__PURE__ */ binary(row.sub);

/** a · b, element by element, broadcast. @see torch.mul */
export const mul: Binary = /* @__PURE__ */ binary(row.mul);

/** a / b, broadcast; whole numbers divide to `f32`. @see torch.div */
export const div: Binary = /* @__PURE__ */ binary(row.div, "floating");

/** -x. @see torch.neg */
export const neg: Unary = /* @__PURE__ */ unary(row.neg, "same");

/** x². @see torch.square */
export const square: Unary = /* @__PURE__ */ unary(row.square, "same");

/** 1/x. @see torch.reciprocal */
export const reciprocal: Unary = /* @__PURE__ */ unary(row.reciprocal);

const lerpOp = /* @__PURE__ */ mapped("lerp", 3, (...inputs) => Scalar.apply(row.lerp, inputs), "floating");

/** a + weight (b - a), broadcast, exact at the weights 0 and 1. @see torch.lerp */
export function lerp(a: TensorLike, b: TensorLike, weight: TensorLike): Tensor {
  return apply(lerpOp, operandsOf(a, b, weight), undefined);
}

const addcmulOp = /* @__PURE__ */ mapped("addcmul", 4, (x, a, b, value) =>
  row.sumOf(x, row.productOf(value, row.productOf(a, b))),
);

/** x + value · a · b, broadcast, in one loop. @see torch.addcmul */
export function addcmul(x: TensorLike, a: TensorLike, b: TensorLike, value: TensorLike = 1): Tensor {
  return apply(addcmulOp, operandsOf(x, a, b, value), undefined);
}

const addcdivOp = /* @__PURE__ */ mapped(
  "addcdiv",
  4,
  (x, a, b, value) => row.sumOf(x, row.productOf(value, row.quotientOf(a, b))),
  "floating",
);

/** x + value · a / b, broadcast, in one loop. @see torch.addcdiv */
export function addcdiv(x: TensorLike, a: TensorLike, b: TensorLike, value: TensorLike = 1): Tensor {
  return apply(addcdivOp, operandsOf(x, a, b, value), undefined);
}

/** Numbers take the element type of the first tensor among the operands. */
function operandsOf(...operands: TensorLike[]): Tensor[] {
  const dtype = operands.find((operand) => typeof operand !== "number")?.dtype;
  return operands.map((operand) => toTensor(operand, dtype));
}
