import * as exponential from "../kernels/wasm/elementwise/exponential.ts";
import * as logarithmic from "../kernels/wasm/elementwise/logarithmic.ts";
import * as power from "../kernels/wasm/elementwise/power.ts";
import { differenceOf, negativeOf, productOf, quotientOf, squareOf, sumOf } from "./arithmetic.ts";
import { abs, choiceOf, eq, ge, gt } from "./choice.ts";
import { costly } from "./costly.ts";
import { type Primitive, Scalar, type ScalarLike } from "./expression.ts";
import { bothOf, logicalNot } from "./logic.ts";

const of = (primitive: Primitive, ...inputs: ScalarLike[]): Scalar => Scalar.apply(primitive, inputs);

export const exp: Primitive = {
  name: "exp",
  vector: /* @__PURE__ */ costly(exponential.exp),
  evaluate: Math.exp,
  partials: (_, y) => [y],
};

export const expm1: Primitive = {
  name: "expm1",
  vector: /* @__PURE__ */ costly(exponential.expm1),
  evaluate: Math.expm1,
  partials: ([x]) => [of(exp, x)],
};

export const log: Primitive = {
  name: "log",
  vector: /* @__PURE__ */ costly(logarithmic.log),
  evaluate: Math.log,
  partials: ([x]) => [quotientOf(1, x)],
};

export const log1p: Primitive = {
  name: "log1p",
  vector: /* @__PURE__ */ costly(logarithmic.log1p),
  evaluate: Math.log1p,
  partials: ([x]) => [quotientOf(1, sumOf(1, x))],
};

export const log2: Primitive = {
  name: "log2",
  vector: /* @__PURE__ */ costly(logarithmic.log2, []),
  evaluate: Math.log2,
  partials: ([x]) => [quotientOf(1, productOf(Math.LN2, x))],
};

export const log10: Primitive = {
  name: "log10",
  vector: /* @__PURE__ */ costly(logarithmic.log10, []),
  evaluate: Math.log10,
  partials: ([x]) => [quotientOf(1, productOf(Math.LN10, x))],
};

export const sqrt: Primitive = {
  name: "sqrt",
  vector: "sqrt",
  evaluate: Math.sqrt,
  partials: (_, y) => [quotientOf(0.5, y)],
};

export const rsqrt: Primitive = {
  name: "rsqrt",
  vector: "rsqrt",
  evaluate: (x) => 1 / Math.sqrt(x),
  partials: ([x], y) => [quotientOf(productOf(-0.5, y), x)],
};

/** At a zero exponent the derivative to the base is 0, at a zero base the one to the exponent: their limits, not 0 · ∞. */
export const pow: Primitive = {
  name: "pow",
  vector: /* @__PURE__ */ costly(power.pow, []),
  // 1 to any power and -1 to an infinite one are 1 in IEEE 754, but not in the language.
  evaluate: (x, y) => (x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y),
  partials: ([x, y], power) => [
    choiceOf(
      bothOf(of(eq, y, 0), of(logicalNot, of(gt, of(abs, x), 0))), // only there: the mixed derivative at y = 0 is 1/x
      0,
      productOf(y, of(pow, x, differenceOf(y, 1))),
    ),
    choiceOf(
      of(eq, x, 0),
      choiceOf(of(ge, y, 0), 0, productOf(power, of(log, x))),
      productOf(power, of(log, x)),
    ),
  ],
};

export const sin: Primitive = { name: "sin", evaluate: Math.sin, partials: ([x]) => [of(cos, x)] };

export const cos: Primitive = {
  name: "cos",
  evaluate: Math.cos,
  partials: ([x]) => [negativeOf(of(sin, x))],
};

export const tan: Primitive = {
  name: "tan",
  evaluate: Math.tan,
  partials: (_, y) => [sumOf(1, squareOf(y))],
};

/** 1/√(1 - x²), in factors: the difference would cancel near ±1. */
const slopeOfArc = (x: Scalar): Scalar => of(rsqrt, productOf(differenceOf(1, x), sumOf(1, x)));

export const asin: Primitive = {
  name: "asin",
  evaluate: Math.asin,
  partials: ([x]) => [slopeOfArc(x)],
};

export const acos: Primitive = {
  name: "acos",
  evaluate: Math.acos,
  partials: ([x]) => [negativeOf(slopeOfArc(x))],
};

export const atan: Primitive = {
  name: "atan",
  evaluate: Math.atan,
  partials: ([x]) => [quotientOf(1, sumOf(1, squareOf(x)))],
};

export const sinh: Primitive = { name: "sinh", evaluate: Math.sinh, partials: ([x]) => [of(cosh, x)] };

export const cosh: Primitive = { name: "cosh", evaluate: Math.cosh, partials: ([x]) => [of(sinh, x)] };
