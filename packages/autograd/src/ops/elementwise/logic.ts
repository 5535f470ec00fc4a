import { toTensor } from "../../create.ts";
import { ArgumentError } from "../../errors.ts";
import { apply } from "../../op.ts";
import { Scalar } from "../../scalar/expression.ts";
import * as row from "../../scalar/logic.ts";
import type { Tensor, TensorLike } from "../../tensor.ts";
import { type Binary, binary, mapped, pairOf, type Unary, unary } from "./elementwise.ts";

/**
 * Whether x is zero.
 *
 * @see torch.logical_not
 * @example
 * logicalNot(tensor([0, 2, NaN])); // [true, false, false]
 */
export const logicalNot: Unary = /* @__PURE__ */ unary(row.logicalNot, "bool");

/**
 * Whether neither a nor b is zero, broadcast.
 *
 * @see torch.logical_and
 * @example
 * logicalAnd(tensor([0, 1, 2]), tensor([1, 0, 3])); // [false, false, true]
 */
export const logicalAnd: Binary = /* @__PURE__ */ binary(row.logicalAnd, "bool");

/**
 * Whether a or b is not zero, broadcast.
 *
 * @see torch.logical_or
 * @example
 * logicalOr(tensor([0, 1, 2]), tensor([0, 0, 3])); // [false, true, true]
 */
export const logicalOr: Binary = /* @__PURE__ */ binary(row.logicalOr, "bool");

/**
 * Whether just one of a and b is zero, broadcast.
 *
 * @see torch.logical_xor
 * @example
 * logicalXor(tensor([0, 1, 2]), tensor([0, 0, 3])); // [false, true, false]
 */
export const logicalXor: Binary = /* @__PURE__ */ binary(row.logicalXor, "bool");

/**
 * Whether x is NaN.
 *
 * @see torch.isnan
 * @example
 * isnan(tensor([1, Infinity, NaN])); // [false, false, true]
 */
export const isnan: Unary = /* @__PURE__ */ unary(row.isnan, "bool");

/**
 * Whether x is Infinity or -Infinity.
 *
 * @see torch.isinf
 * @example
 * isinf(tensor([1, -Infinity, NaN])); // [false, true, false]
 */
export const isinf: Unary = /* @__PURE__ */ unary(row.isinf, "bool");

/**
 * Whether x is neither infinite nor NaN.
 *
 * @see torch.isfinite
 * @example
 * isfinite(tensor([1, Infinity, NaN])); // [true, false, false]
 */
export const isfinite: Unary = /* @__PURE__ */ unary(row.isfinite, "bool");

/**
 * Whether x is negative or -0; false for every NaN.
 *
 * @see torch.signbit
 * @example
 * signbit(tensor([-1, -0, 0, 1])); // [true, true, false, false]
 */
export const signbit: Unary = /* @__PURE__ */ unary(row.signbit, "bool");

/** How far apart numbers may be that count as close. */
export interface Closeness {
  /** As a share of |b|; default 1e-5. */
  readonly relative?: number;
  /** Beside that; default 1e-8. */
  readonly absolute?: number;
  /** Whether NaN is close to NaN; default false. */
  readonly equalNan?: boolean;
}

const iscloseOp = /* @__PURE__ */ mapped(
  "isclose",
  4,
  (...inputs: Scalar[]) => Scalar.apply(row.isclose, inputs),
  "bool",
);

/**
 * Whether |a - b| <= absolute + relative |b|, broadcast; an infinity is close to itself alone.
 *
 * @throws ArgumentError if a tolerance is negative
 * @see torch.isclose
 * @example
 * isclose(tensor([1, 100, NaN]), tensor([1.1, 100.0001, NaN])); // [false, true, false]
 * isclose(tensor([1, NaN]), tensor([1.1, NaN]), { absolute: 0.2, equalNan: true }); // [true, true]
 */
export function isclose(a: TensorLike, b: TensorLike, closeness: Closeness = {}): Tensor {
  const { relative = 1e-5, absolute = 1e-8, equalNan = false } = closeness;
  if (!(relative >= 0 && absolute >= 0))
    throw new ArgumentError("isclose", "expected tolerances that are not negative", [relative, absolute]);
  const operands = pairOf(a, b);
  const tolerances = [relative, absolute].map((value) => toTensor(value, "f64"));
  const close = apply(iscloseOp, [...operands, ...tolerances], undefined);
  return equalNan ? logicalOr(close, logicalAnd(isnan(operands[0]), isnan(operands[1]))) : close;
}

/**
 * Whether `isclose` holds everywhere.
 *
 * @throws ArgumentError if a tolerance is negative
 * @see torch.allclose
 * @example
 * allclose(tensor([1, 2]), tensor([1, 2.000001])); // true
 */
export function allclose(a: TensorLike, b: TensorLike, closeness?: Closeness): boolean {
  return isclose(a, b, closeness).values().every(Boolean);
}
