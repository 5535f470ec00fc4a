export { add, div, mul, neg, reciprocal, square, sub } from "./arithmetic.ts";
export { alias, cast, contiguous, stopGradient } from "./cast.ts";
export {
  abs,
  ceil,
  clamp,
  eq,
  floor,
  ge,
  gt,
  le,
  logicalNot,
  lt,
  maximum,
  minimum,
  ne,
  round,
  sign,
  where,
} from "./choice.ts";
export type { Binary, Unary } from "./elementwise.ts";
export { erf, erfc, normalCdf, sech } from "./special.ts";
export {
  acos,
  asin,
  atan,
  cos,
  cosh,
  exp,
  expm1,
  log,
  log1p,
  log2,
  log10,
  pow,
  rsqrt,
  sin,
  sinh,
  sqrt,
  tan,
} from "./transcendental.ts";
