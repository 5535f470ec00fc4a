import * as row from "../../scalar/trigonometric.ts";
import { type Binary, binary, type Unary, unary } from "./elementwise.ts";

/**
 * √(a² + b²), broadcast, without overflow on the way; its derivatives at (0, 0) are NaN.
 *
 * @see torch.hypot
 * @example
 * hypot(tensor([3, 5]), tensor([4, 12])); // [5, 13]
 */
export const hypot: Binary = /* @__PURE__ */ binary(row.hypot, "floating");

/**
 * The angle in radians from (1, 0) to the point (b, a), broadcast; its derivatives at (0, 0) are NaN.
 *
 * @see torch.atan2
 * @example
 * atan2(tensor([1, -1, 0]), tensor([1, -1, -1])); // [0.7854, -2.3562, 3.1416]
 */
export const atan2: Binary = /* @__PURE__ */ binary(row.atan2, "floating");

/**
 * The number whose sinh is x.
 *
 * @see torch.asinh
 * @example
 * asinh(tensor([0, 1, -1])); // [0, 0.8814, -0.8814]
 */
export const asinh: Unary = /* @__PURE__ */ unary(row.asinh);

/**
 * The number, not negative, whose cosh is x; NaN below 1.
 *
 * @see torch.acosh
 * @example
 * acosh(tensor([1, 2, 0])); // [0, 1.317, NaN]
 */
export const acosh: Unary = /* @__PURE__ */ unary(row.acosh);

/**
 * The number whose tanh is x; NaN outside [-1, 1].
 *
 * @see torch.atanh
 * @example
 * atanh(tensor([0, 0.5, 1])); // [0, 0.5493, Infinity]
 */
export const atanh: Unary = /* @__PURE__ */ unary(row.atanh);

/**
 * sin(πx) / (πx), 1 at 0; derivatives of every order keep their digits there.
 *
 * @see torch.sinc
 * @example
 * sinc(tensor([0, 0.5, 1.5])); // [1, 0.6366, -0.2122]
 */
export const sinc: Unary = /* @__PURE__ */ unary(row.sinc);

/**
 * An angle in degrees as radians.
 *
 * @see torch.deg2rad
 * @example
 * deg2rad(tensor([0, 90, 180])); // [0, 1.5708, 3.1416]
 */
export const deg2rad: Unary = /* @__PURE__ */ unary(row.deg2rad);

/**
 * An angle in radians as degrees.
 *
 * @see torch.rad2deg
 * @example
 * rad2deg(tensor([0, Math.PI / 2, Math.PI])); // [0, 90, 180]
 */
export const rad2deg: Unary = /* @__PURE__ */ unary(row.rad2deg);
