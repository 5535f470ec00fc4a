import { toTensor } from "../../create.ts";
import { ArgumentError, DtypeError } from "../../errors.ts";
import { apply } from "../../op.ts";
import * as row from "../../scalar/choice.ts";
import { Scalar, type ScalarLike, toScalar } from "../../scalar/expression.ts";
import type { Tensor, TensorLike } from "../../tensor.ts";
import { asScalar, type Binary, binary, ElementwiseOp, pairOf, type Unary, unary } from "./elementwise.ts";

/** a < b, as truth values. @see torch.lt */
export const lt: Binary = /* @__PURE__ */ binary(row.lt, "bool");
/** a ≤ b, as truth values. @see torch.le */
export const le: Binary = /* @__PURE__ */ binary(row.le, "bool");
/** a > b, as truth values. @see torch.gt */
export const gt: Binary = /* @__PURE__ */ binary(row.gt, "bool");
/** a ≥ b, as truth values. @see torch.ge */
export const ge: Binary = /* @__PURE__ */ binary(row.ge, "bool");
/** a = b, as truth values; NaN equals nothing. @see torch.eq */
export const eq: Binary = /* @__PURE__ */ binary(row.eq, "bool");
/** a ≠ b, as truth values. @see torch.ne */
export const ne: Binary = /* @__PURE__ */ binary(row.ne, "bool");

/** The larger of a and b; NaN if either is. Equal operands share the gradient evenly. @see torch.maximum */
export const maximum: Binary = /* @__PURE__ */ binary(row.maximum);
/** The smaller of a and b; NaN if either is. Equal operands share the gradient evenly. @see torch.minimum */
export const minimum: Binary = /* @__PURE__ */ binary(row.minimum);

/** |x|, with derivative 0 at 0. @see torch.abs */
export const abs: Unary = /* @__PURE__ */ unary(row.abs, "same");
/** -1, 0 or 1; its gradient is zero. @see torch.sign */
export const sign: Unary = /* @__PURE__ */ unary(row.sign, "same");
/** The largest integer not above x; its gradient is zero. @see torch.floor */
export const floor: Unary = /* @__PURE__ */ unary(row.floor, "same");
/** The smallest integer not below x; its gradient is zero. @see torch.ceil */
export const ceil: Unary = /* @__PURE__ */ unary(row.ceil, "same");
/** The nearest integer, halves to the even one; its gradient is zero. @see torch.round */
export const round: Unary = /* @__PURE__ */ unary(row.round, "same");
/** Whether x is zero. @see torch.logical_not */
export const logicalNot: Unary = /* @__PURE__ */ unary(row.logicalNot, "bool");

const whereOp = /* @__PURE__ */ new ElementwiseOp(
  "where",
  /* @__PURE__ */ row.choiceOf(
    /* @__PURE__ */ Scalar.input(0),
    /* @__PURE__ */ Scalar.input(1),
    /* @__PURE__ */ Scalar.input(2),
  ),
  3,
);

/**
 * `a` where the condition is true, else `b`, all broadcast.
 *
 * The gradient goes to the chosen operand alone. What was computed to make the other still has its own rule applied to a zero cotangent: if
 * that rule divides by zero there, 0 · ∞ is NaN. Guard the operand of such a function with a `where` of its own.
 *
 * @param condition truth values (`bool`)
 * @throws DtypeError if the condition is not `bool`
 * @see torch.where
 */
export function where(condition: Tensor, a: TensorLike, b: TensorLike): Tensor;
export function where(condition: Scalar, a: ScalarLike, b: ScalarLike): Scalar;
export function where(
  condition: Tensor | Scalar,
  a: TensorLike | ScalarLike,
  b: TensorLike | ScalarLike,
): Tensor | Scalar {
  if (condition instanceof Scalar) return row.choiceOf(condition, asScalar("where", a), asScalar("where", b));
  if (a instanceof Scalar || b instanceof Scalar) {
    throw new ArgumentError("where", "expected a scalar condition for a scalar expression", condition);
  }
  if (condition.dtype !== "bool")
    throw new DtypeError("where", [condition.dtype], "expected a condition of bool");
  return apply(whereOp, [condition, ...pairOf(a, b)], undefined);
}

const clampOp = /* @__PURE__ */ new ElementwiseOp(
  "clamp",
  /* @__PURE__ */ row.clampOf(
    /* @__PURE__ */ Scalar.input(0),
    /* @__PURE__ */ Scalar.input(1),
    /* @__PURE__ */ Scalar.input(2),
  ),
  3,
);

/** x kept within [lower, upper]; the gradient passes inside and at the limits. @see torch.clamp */
export function clamp(x: TensorLike, lower: TensorLike, upper: TensorLike): Tensor;
export function clamp(x: Scalar, lower: ScalarLike, upper: ScalarLike): Scalar;
export function clamp(
  x: TensorLike | Scalar,
  lower: TensorLike | ScalarLike,
  upper: TensorLike | ScalarLike,
): Tensor | Scalar {
  if (x instanceof Scalar)
    return row.clampOf(x, toScalar(asScalar("clamp", lower)), toScalar(asScalar("clamp", upper)));
  const operand = toTensor(x);
  return apply(
    clampOp,
    [operand, toTensor(lower as TensorLike, operand.dtype), toTensor(upper as TensorLike, operand.dtype)],
    undefined,
  );
}
