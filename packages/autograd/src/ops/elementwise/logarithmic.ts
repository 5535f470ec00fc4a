import { toTensor } from "../../create.ts";
import { Scalar } from "../../scalar/expression.ts";
import * as row from "../../scalar/logarithmic.ts";
import type { Tensor, TensorLike } from "../../tensor.ts";
import { cast } from "./cast.ts";
import { clamp } from "./choice.ts";
import { type Binary, binary, type Unary, unary } from "./elementwise.ts";
import { pow } from "./transcendental.ts";

/**
 * 2ˣ.
 *
 * @see torch.exp2
 * @example
 * exp2(tensor([-1, 0, 10])); // [0.5, 1, 1024]
 */
export const exp2: Unary = /* @__PURE__ */ unary(row.exp2);

/**
 * a · 2ᵇ, broadcast.
 *
 * @see torch.ldexp
 * @example
 * ldexp(tensor([1, 0.5]), tensor([3, -1])); // [8, 0.25]
 */
export const ldexp: Binary = /* @__PURE__ */ binary(row.ldexp, "floating");

const mantissa: Unary = /* @__PURE__ */ unary(row.mantissa);
const exponent: Unary = /* @__PURE__ */ unary(row.exponent);

/**
 * x as m · 2ᵉ with 1/2 <= |m| < 1: the mantissas m and the exponents e (`i32`); e = 0 where x is 0 or not finite.
 *
 * @see torch.frexp
 * @example
 * frexp(tensor([8, 0.3, 0])); // [[0.5, 0.6, 0], [4, -1, 0]]
 */
export function frexp(x: TensorLike): [mantissa: Tensor, exponent: Tensor] {
  return [mantissa(x), cast(exponent(x), "i32")];
}

/**
 * log(eᵃ + eᵇ), broadcast, without overflow; equal infinities share the gradient evenly.
 *
 * @see torch.logaddexp
 * @example
 * logaddexp(tensor([0, 1000]), tensor([0, 1000])); // [0.6931, 1000.693]
 * grad((x) => logaddexp(x, Infinity))(tensor(Infinity)); // 0.5
 */
export const logaddexp: Binary = /* @__PURE__ */ binary(row.logaddexp, "floating");

/**
 * log₂(2ᵃ + 2ᵇ), broadcast, without overflow; equal infinities share the gradient evenly.
 *
 * @see torch.logaddexp2
 * @example
 * logaddexp2(tensor([0, 3]), tensor([0, 3])); // [1, 4]
 */
export const logaddexp2: Binary = /* @__PURE__ */ binary(row.logaddexp2, "floating");

/**
 * a log b, broadcast, and 0 where a is 0; there the derivative to a is 0 too unless b > 0.
 *
 * @see torch.xlogy
 * @example
 * xlogy(tensor([0, 2]), tensor([0, 4])); // [0, 2.7726]
 */
export const xlogy: Binary = /* @__PURE__ */ binary(row.xlogy, "floating");

/**
 * a log(1 + b), broadcast, and 0 where a is 0; there the derivative to a is 0 too unless b > -1.
 *
 * @see torch.special.xlog1py
 * @example
 * xlog1py(tensor([0, 2]), tensor([-1, 1])); // [0, 1.3863]
 */
export const xlog1py: Binary = /* @__PURE__ */ binary(row.xlog1py, "floating");

/**
 * The entropy -x log x: 0 at 0, -Infinity below.
 *
 * @see torch.special.entr
 * @example
 * entr(tensor([0, 0.5, 1, -1])); // [0, 0.3466, 0, -Infinity]
 */
export const entr: Unary = /* @__PURE__ */ unary(row.entr);

const logitOf: Unary = /* @__PURE__ */ unary(row.logit);

/**
 * log(x / (1 - x)), the inverse of the sigmoid; NaN outside [0, 1].
 *
 * @param margin x is first clamped to [margin, 1 - margin]; the gradient is zero outside. Default: not at all
 * @see torch.logit
 * @example
 * logit(tensor([0, 0.5, 0.9])); // [-Infinity, 0, 2.1972]
 * logit(tensor([0, 1]), 0.1); // [-2.1972, 2.1972]
 */
export function logit(x: TensorLike, margin?: number): Tensor;
export function logit(x: Scalar, margin?: number): Scalar;
export function logit(x: TensorLike | Scalar, margin?: number): Tensor | Scalar {
  if (margin === undefined) return logitOf(x as TensorLike);
  return x instanceof Scalar ? logitOf(clamp(x, margin, 1 - margin)) : logitOf(clamp(x, margin, 1 - margin));
}

/**
 * aᵇ in double precision whatever the operands are, broadcast.
 *
 * @see torch.float_power
 * @example
 * floatPower(tensor([2, 4], { dtype: "i32" }), 0.5); // [1.4142135623730951, 2]
 */
export function floatPower(a: TensorLike, b: TensorLike): Tensor {
  return pow(cast(toTensor(a, "f64"), "f64"), cast(toTensor(b, "f64"), "f64"));
}
