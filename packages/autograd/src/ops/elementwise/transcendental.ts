import * as row from "../../scalar/transcendental.ts";
import { type Binary, binary, type Unary, unary } from "./elementwise.ts";

/**
 * xʸ, broadcast.
 *
 * At y = 0 the derivative to x is 0, at x = 0 (y ≥ 0) the derivative to y is 0.
 *
 * @see torch.pow
 */
export const pow: Binary = /* @__PURE__ */ binary(row.pow, "floating");

/** eˣ. @see torch.exp */
export const exp: Unary = /* @__PURE__ */ unary(row.exp);

/** eˣ - 1, exact for small x. @see torch.expm1 */
export const expm1: Unary = /* @__PURE__ */ unary(row.expm1);

/** The natural logarithm. @see torch.log */
export const log: Unary = /* @__PURE__ */ unary(row.log);

/** log(1 + x), exact for small x. @see torch.log1p */
export const log1p: Unary = /* @__PURE__ */ unary(row.log1p);

/** The logarithm to base 2. @see torch.log2 */
export const log2: Unary = /* @__PURE__ */ unary(row.log2);

/** The logarithm to base 10. @see torch.log10 */
export const log10: Unary = /* @__PURE__ */ unary(row.log10);

/** √x. @see torch.sqrt */
export const sqrt: Unary = /* @__PURE__ */ unary(row.sqrt);

/** 1/√x. @see torch.rsqrt */
export const rsqrt: Unary = /* @__PURE__ */ unary(row.rsqrt);

/** sin x, x in radians. @see torch.sin */
export const sin: Unary = /* @__PURE__ */ unary(row.sin);

/** cos x, x in radians. @see torch.cos */
export const cos: Unary = /* @__PURE__ */ unary(row.cos);

/** tan x, x in radians. @see torch.tan */
export const tan: Unary = /* @__PURE__ */ unary(row.tan);

/** The angle in radians whose sine is x. @see torch.asin */
export const asin: Unary = /* @__PURE__ */ unary(row.asin);

/** The angle in radians whose cosine is x. @see torch.acos */
export const acos: Unary = /* @__PURE__ */ unary(row.acos);

/** The angle in radians whose tangent is x. @see torch.atan */
export const atan: Unary = /* @__PURE__ */ unary(row.atan);

/** sinh x. @see torch.sinh */
export const sinh: Unary = /* @__PURE__ */ unary(row.sinh);

/** cosh x. @see torch.cosh */
export const cosh: Unary = /* @__PURE__ */ unary(row.cosh);
