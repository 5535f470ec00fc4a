import * as row from "../../scalar/trigonometric.ts";
import { type Binary, binary, type Unary, unary } from "./elementwise.ts";

/** √(a² + b²), broadcast, without overflow on the way; its derivatives at (0, 0) are NaN. @see torch.hypot */
export const hypot: Binary = /* @__PURE__ */ binary(row.hypot, "floating");

/** The angle in radians from (1, 0) to the point (b, a), broadcast; its derivatives at (0, 0) are NaN. @see torch.atan2 */
export const atan2: Binary = /* @__PURE__ */ binary(row.atan2, "floating");

/** The number whose sinh is x. @see torch.asinh */
export const asinh: Unary = /* @__PURE__ */ unary(row.asinh);

/** The number, not negative, whose cosh is x; NaN below 1. @see torch.acosh */
export const acosh: Unary = /* @__PURE__ */ unary(row.acosh);

/** The number whose tanh is x; NaN outside [-1, 1]. @see torch.atanh */
export const atanh: Unary = /* @__PURE__ */ unary(row.atanh);

/** sin(πx) / (πx), 1 at 0; derivatives of every order keep their digits there. @see torch.sinc */
export const sinc: Unary = /* @__PURE__ */ unary(row.sinc);

/** An angle in degrees as radians. @see torch.deg2rad */
export const deg2rad: Unary = /* @__PURE__ */ unary(row.deg2rad);

/** An angle in radians as degrees. @see torch.rad2deg */
export const rad2deg: Unary = /* @__PURE__ */ unary(row.rad2deg);
