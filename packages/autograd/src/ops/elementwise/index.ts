export { add, addcdiv, addcmul, div, lerp, mul, neg, reciprocal, square, sub } from "./arithmetic.ts";
export { alias, cast, contiguous, stopGradient } from "./cast.ts";
export {
  abs,
  clamp,
  clampMax,
  clampMin,
  copysign,
  eq,
  fmax,
  fmin,
  ge,
  gt,
  heaviside,
  le,
  lt,
  maskedFill,
  maximum,
  minimum,
  nanToNum,
  ne,
  type Replacements,
  sign,
  where,
} from "./choice.ts";
export { defineElementwise, type Elementwise } from "./define.ts";
export type { Binary, Unary } from "./elementwise.ts";
export { digamma, igamma, igammac, lgamma, mvlgamma, polygamma, zeta } from "./gamma.ts";
export {
  entr,
  exp2,
  floatPower,
  frexp,
  ldexp,
  logaddexp,
  logaddexp2,
  logit,
  xlog1py,
  xlogy,
} from "./logarithmic.ts";
export {
  allclose,
  type Closeness,
  isclose,
  isfinite,
  isinf,
  isnan,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  signbit,
} from "./logic.ts";
export { ceil, floor, floorDivide, fmod, frac, remainder, round, trunc, truncDivide } from "./rounding.ts";
export {
  erf,
  erfc,
  erfcx,
  erfinv,
  i0,
  i0e,
  i1,
  i1e,
  logNdtr,
  ndtr,
  ndtri,
  sech,
} from "./special.ts";
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
export { acosh, asinh, atan2, atanh, deg2rad, hypot, rad2deg, sinc } from "./trigonometric.ts";
