import * as row from "../../scalar/transcendental.ts";
import { type Binary, binary, type Unary, unary } from "./elementwise.ts";

/**
 * aᵇ, broadcast.
 *
 * At b = 0 the derivative to a is 0, at a = 0 (b ≥ 0) the derivative to b is 0.
 *
 * @see torch.pow
 * @example
 * pow(tensor([2, 3]), tensor([3, 2])); // [8, 9]
 * grad((x) => pow(x, 0))(tensor(0)); // 0
 */
export const pow: Binary = /* @__PURE__ */ binary(row.pow, "floating");

/**
 * eˣ.
 *
 * @see torch.exp
 * @example
 * exp(tensor([0, 1, -Infinity])); // [1, 2.7183, 0]
 */
export const exp: Unary = /* @__PURE__ */ unary(row.exp);

/**
 * eˣ - 1, exact for small x.
 *
 * @see torch.expm1
 * @example
 * expm1(tensor([0, 1, 1e-8])); // [0, 1.7183, 1e-8]
 */
export const expm1: Unary = /* @__PURE__ */ unary(row.expm1);

/**
 * The natural logarithm.
 *
 * @see torch.log
 * @example
 * log(tensor([1, Math.E, 0, -1])); // [0, 1, -Infinity, NaN]
 */
export const log: Unary = /* @__PURE__ */ unary(row.log);

/**
 * log(1 + x), exact for small x.
 *
 * @see torch.log1p
 * @example
 * log1p(tensor([0, 1, 1e-8])); // [0, 0.6931, 1e-8]
 */
export const log1p: Unary = /* @__PURE__ */ unary(row.log1p);

/**
 * The logarithm to base 2.
 *
 * @see torch.log2
 * @example
 * log2(tensor([1, 8, 0.5])); // [0, 3, -1]
 */
export const log2: Unary = /* @__PURE__ */ unary(row.log2);

/**
 * The logarithm to base 10.
 *
 * @see torch.log10
 * @example
 * log10(tensor([1, 1000, 0.1])); // [0, 3, -1]
 */
export const log10: Unary = /* @__PURE__ */ unary(row.log10);

/**
 * √x.
 *
 * @see torch.sqrt
 * @example
 * sqrt(tensor([4, 2, -1])); // [2, 1.4142, NaN]
 * grad((x) => sqrt(x))(tensor(0)); // Infinity
 */
export const sqrt: Unary = /* @__PURE__ */ unary(row.sqrt);

/**
 * 1/√x.
 *
 * @see torch.rsqrt
 * @example
 * rsqrt(tensor([4, 0.25, 0])); // [0.5, 2, Infinity]
 */
export const rsqrt: Unary = /* @__PURE__ */ unary(row.rsqrt);

/**
 * sin x, x in radians.
 *
 * @see torch.sin
 * @example
 * sin(tensor([0, Math.PI / 6, Math.PI / 2])); // [0, 0.5, 1]
 */
export const sin: Unary = /* @__PURE__ */ unary(row.sin);

/**
 * cos x, x in radians.
 *
 * @see torch.cos
 * @example
 * cos(tensor([0, Math.PI / 3, Math.PI])); // [1, 0.5, -1]
 */
export const cos: Unary = /* @__PURE__ */ unary(row.cos);

/**
 * tan x, x in radians.
 *
 * @see torch.tan
 * @example
 * tan(tensor([0, Math.PI / 4])); // [0, 1]
 */
export const tan: Unary = /* @__PURE__ */ unary(row.tan);

/**
 * The angle in radians whose sine is x.
 *
 * @see torch.asin
 * @example
 * asin(tensor([0, 0.5, 1, 2])); // [0, 0.5236, 1.5708, NaN]
 */
export const asin: Unary = /* @__PURE__ */ unary(row.asin);

/**
 * The angle in radians whose cosine is x.
 *
 * @see torch.acos
 * @example
 * acos(tensor([1, 0, -1, 2])); // [0, 1.5708, 3.1416, NaN]
 */
export const acos: Unary = /* @__PURE__ */ unary(row.acos);

/**
 * The angle in radians whose tangent is x.
 *
 * @see torch.atan
 * @example
 * atan(tensor([0, 1, -Infinity])); // [0, 0.7854, -1.5708]
 */
export const atan: Unary = /* @__PURE__ */ unary(row.atan);

/**
 * sinh x.
 *
 * @see torch.sinh
 * @example
 * sinh(tensor([0, 1])); // [0, 1.1752]
 */
export const sinh: Unary = /* @__PURE__ */ unary(row.sinh);

/**
 * cosh x.
 *
 * @see torch.cosh
 * @example
 * cosh(tensor([0, 1])); // [1, 1.5431]
 */
export const cosh: Unary = /* @__PURE__ */ unary(row.cosh);
