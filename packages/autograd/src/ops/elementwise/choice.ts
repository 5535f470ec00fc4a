import { toTensor } from "../../create.ts";
import { isFloating } from "../../dtype.ts";
import { ArgumentError, DtypeError } from "../../errors.ts";
import { apply } from "../../op.ts";
import * as row from "../../scalar/choice.ts";
import { Scalar, type ScalarLike, toScalar } from "../../scalar/expression.ts";
import type { Tensor, TensorLike } from "../../tensor.ts";
import { asScalar, type Binary, binary, mapped, pairOf, type Unary, unary } from "./elementwise.ts";

/**
 * a < b, as truth values.
 *
 * @see torch.lt
 * @example
 * lt(tensor([1, 2, 3]), 2); // [true, false, false]
 */
export const lt: Binary = /* @__PURE__ */ binary(row.lt, "bool");

/**
 * a ≤ b, as truth values.
 *
 * @see torch.le
 * @example
 * le(tensor([1, 2, 3]), 2); // [true, true, false]
 */
export const le: Binary = /* @__PURE__ */ binary(row.le, "bool");

/**
 * a > b, as truth values.
 *
 * @see torch.gt
 * @example
 * gt(tensor([1, 2, 3]), 2); // [false, false, true]
 */
export const gt: Binary = /* @__PURE__ */ binary(row.gt, "bool");

/**
 * a ≥ b, as truth values.
 *
 * @see torch.ge
 * @example
 * ge(tensor([1, 2, 3]), 2); // [false, true, true]
 */
export const ge: Binary = /* @__PURE__ */ binary(row.ge, "bool");

/**
 * a = b, as truth values; NaN equals nothing.
 *
 * @see torch.eq
 * @example
 * eq(tensor([1, 2, NaN]), tensor([1, 3, NaN])); // [true, false, false]
 */
export const eq: Binary = /* @__PURE__ */ binary(row.eq, "bool");

/**
 * a ≠ b, as truth values.
 *
 * @see torch.ne
 * @example
 * ne(tensor([1, 2, NaN]), tensor([1, 3, NaN])); // [false, true, true]
 */
export const ne: Binary = /* @__PURE__ */ binary(row.ne, "bool");

/**
 * The larger of a and b; NaN if either is. Equal operands share the gradient evenly.
 *
 * @see torch.maximum
 * @example
 * maximum(tensor([1, 5, NaN]), 3); // [3, 5, NaN]
 * grad((x) => maximum(x, 3))(tensor(3)); // 0.5
 */
export const maximum: Binary = /* @__PURE__ */ binary(row.maximum);

/**
 * The smaller of a and b; NaN if either is. Equal operands share the gradient evenly.
 *
 * @see torch.minimum
 * @example
 * minimum(tensor([1, 5, NaN]), 3); // [1, 3, NaN]
 * grad((x) => minimum(x, 3))(tensor(3)); // 0.5
 */
export const minimum: Binary = /* @__PURE__ */ binary(row.minimum);

/**
 * |x|, with derivative 0 at 0.
 *
 * @see torch.abs
 * @example
 * abs(tensor([-2, 0, 3])); // [2, 0, 3]
 * grad((x) => sum(abs(x)))(tensor([-2, 0, 3])); // [-1, 0, 1]
 */
export const abs: Unary = /* @__PURE__ */ unary(row.abs, "same");

/**
 * -1, 0 or 1; its gradient is zero.
 *
 * @see torch.sign
 * @example
 * sign(tensor([-3, 0, 5])); // [-1, 0, 1]
 */
export const sign: Unary = /* @__PURE__ */ unary(row.sign, "same");

/**
 * |a| with the sign of b, that of a zero included; NaN where b is. The derivative at a = 0 is 0.
 *
 * @see torch.copysign
 * @example
 * copysign(tensor([1, -2, 3]), tensor([-1, 1, -0])); // [-1, 2, -3]
 */
export const copysign: Binary = /* @__PURE__ */ binary(row.copysign, "floating");

/**
 * The larger of a and b, the other where one is NaN. Of equal operands the first takes the gradient.
 *
 * @see torch.fmax
 * @example
 * fmax(tensor([1, 5, NaN]), tensor([2, 4, 3])); // [2, 5, 3]
 * grad((x) => fmax(x, 3))(tensor(3)); // 1
 */
export const fmax: Binary = /* @__PURE__ */ binary(row.fmax);

/**
 * The smaller of a and b, the other where one is NaN. Of equal operands the first takes the gradient.
 *
 * @see torch.fmin
 * @example
 * fmin(tensor([1, 5, NaN]), tensor([2, 4, 3])); // [1, 4, 3]
 * grad((x) => fmin(x, 3))(tensor(3)); // 1
 */
export const fmin: Binary = /* @__PURE__ */ binary(row.fmin);

/**
 * 0 for negative x, 1 for positive x, `middle` at 0, which takes the gradient there.
 *
 * @see torch.heaviside
 * @example
 * heaviside(tensor([-1, 0, 2]), 0.5); // [0, 0.5, 1]
 */
export const heaviside: Binary = /* @__PURE__ */ binary(row.heaviside);

const whereOp = /* @__PURE__ */ mapped("where", 3, row.choiceOf);

/**
 * `a` where the condition is true, else `b`, all broadcast.
 *
 * The gradient goes to the chosen operand alone. What was computed to make the other still has its own rule applied to a zero cotangent: if
 * that rule divides by zero there, 0 · ∞ is NaN. Guard the operand of such a function with a `where` of its own.
 *
 * @param condition truth values (`bool`)
 * @throws DtypeError if the condition is not `bool`
 * @see torch.where
 * @example
 * where(tensor([true, false]), tensor([1, 2]), 0); // [1, 0]
 * // The slope of the square root is infinite at 0: one `where` guards the value, one the gradient.
 * const safeSqrt = (x: Tensor) => where(gt(x, 0), sqrt(where(gt(x, 0), x, 1)), 0);
 * grad((x) => where(gt(x, 0), sqrt(x), 0))(tensor(0)); // NaN
 * grad(safeSqrt)(tensor(0)); // 0
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

/**
 * x, with `value` where the mask is true, all broadcast.
 *
 * @param mask truth values (`bool`)
 * @throws DtypeError if the mask is not `bool`
 * @see torch.Tensor.masked_fill
 * @example
 * maskedFill(tensor([1, 2, 3]), tensor([false, true, true]), -Infinity); // [1, -Infinity, -Infinity]
 */
export function maskedFill(x: TensorLike, mask: Tensor, value: TensorLike): Tensor {
  const operand = toTensor(x);
  if (mask.dtype !== "bool") throw new DtypeError("maskedFill", [mask.dtype], "expected a mask of bool");
  return where(mask, toTensor(value, operand.dtype), operand);
}

const clampOp = /* @__PURE__ */ mapped("clamp", 3, row.clampOf);
const clampMinOp = /* @__PURE__ */ mapped("clampMin", 2, row.clampMinOf);
const clampMaxOp = /* @__PURE__ */ mapped("clampMax", 2, row.clampMaxOf);

/**
 * x kept within [lower, upper], null for no limit; the gradient passes inside and at the limits.
 *
 * @see torch.clamp
 * @example
 * clamp(tensor([-2, 0.5, 3]), 0, 1); // [0, 0.5, 1]
 * clamp(tensor([-2, 0.5, 3]), null, 1); // [-2, 0.5, 1]
 * grad((x) => sum(clamp(x, 0, 1)))(tensor([-2, 0, 0.5, 1, 3])); // [0, 1, 1, 1, 0]
 */
export function clamp(x: TensorLike, lower: TensorLike | null, upper: TensorLike | null): Tensor;
export function clamp(x: Scalar, lower: ScalarLike | null, upper: ScalarLike | null): Scalar;
export function clamp(
  x: TensorLike | Scalar,
  lower: TensorLike | ScalarLike | null,
  upper: TensorLike | ScalarLike | null,
): Tensor | Scalar {
  if (lower === null && upper === null)
    throw new ArgumentError("clamp", "expected at least one limit", [lower, upper]);
  if (lower === null) return clampMax(x as TensorLike, upper as TensorLike);
  if (upper === null) return clampMin(x as TensorLike, lower as TensorLike);
  if (x instanceof Scalar)
    return row.clampOf(x, toScalar(asScalar("clamp", lower)), toScalar(asScalar("clamp", upper)));
  const operand = toTensor(x);
  return apply(
    clampOp,
    [operand, toTensor(lower as TensorLike, operand.dtype), toTensor(upper as TensorLike, operand.dtype)],
    undefined,
  );
}

/**
 * x, at least `lower`; the gradient passes at the limit.
 *
 * @see torch.clamp_min
 * @example
 * clampMin(tensor([1, 3, 5]), 3); // [3, 3, 5]
 * grad((x) => sum(clampMin(x, 3)))(tensor([1, 3, 5])); // [0, 1, 1]
 */
export function clampMin(x: TensorLike, lower: TensorLike): Tensor;
export function clampMin(x: Scalar, lower: ScalarLike): Scalar;
export function clampMin(x: TensorLike | Scalar, lower: TensorLike | ScalarLike): Tensor | Scalar {
  return x instanceof Scalar
    ? row.clampMinOf(x, asScalar("clampMin", lower))
    : apply(clampMinOp, pairOf(x, lower as TensorLike), undefined);
}

/**
 * x, at most `upper`; the gradient passes at the limit.
 *
 * @see torch.clamp_max
 * @example
 * clampMax(tensor([1, 3, 5]), 3); // [1, 3, 3]
 * grad((x) => sum(clampMax(x, 3)))(tensor([1, 3, 5])); // [1, 1, 0]
 */
export function clampMax(x: TensorLike, upper: TensorLike): Tensor;
export function clampMax(x: Scalar, upper: ScalarLike): Scalar;
export function clampMax(x: TensorLike | Scalar, upper: TensorLike | ScalarLike): Tensor | Scalar {
  return x instanceof Scalar
    ? row.clampMaxOf(x, asScalar("clampMax", upper))
    : apply(clampMaxOp, pairOf(x, upper as TensorLike), undefined);
}

const nanToNumOp = /* @__PURE__ */ mapped("nanToNum", 4, row.nanToNumOf);

/** What stands for numbers that are not finite. */
export interface Replacements {
  /** For NaN; default 0. */
  readonly nan?: number;
  /** For Infinity; default the largest number of the element type. */
  readonly above?: number;
  /** For -Infinity; default the most negative number of the element type. */
  readonly below?: number;
}

/**
 * x with finite numbers in place of NaN and infinities, whose gradient is zero.
 *
 * @see torch.nan_to_num
 * @example
 * nanToNum(tensor([NaN, Infinity, -Infinity, 1]), { nan: 0, above: 9, below: -9 }); // [0, 9, -9, 1]
 */
export function nanToNum(x: TensorLike, replacements: Replacements = {}): Tensor {
  const operand = toTensor(x);
  if (!isFloating(operand.dtype)) return operand;
  const largest = operand.dtype === "f32" ? (2 - 2 ** -23) * 2 ** 127 : Number.MAX_VALUE;
  const { nan = 0, above = largest, below = -largest } = replacements;
  const numbers = [nan, above, below].map((value) => toTensor(value, operand.dtype));
  return apply(nanToNumOp, [operand, ...numbers], undefined);
}
