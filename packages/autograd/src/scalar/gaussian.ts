import * as vectors from "../kernels/wasm/elementwise/gaussian.ts";
import { erfcx as erfcxValue } from "../numerics/erf.ts";
import { erfinv as erfinvValue } from "../numerics/erfinv.ts";
import { gaussianExp } from "../numerics/exact-product.ts";
import {
  inverseMills as inverseMillsValue,
  millsFraction as millsFractionValue,
} from "../numerics/mills-ratio.ts";
import { logNormalCdf, normalDensity as normalDensityValue, normalQuantile } from "../numerics/normal.ts";
import { differenceOf, negativeOf, productOf, quotientOf, sumOf } from "./arithmetic.ts";
import { costly } from "./costly.ts";
import { type Primitive, Scalar, type ScalarLike } from "./expression.ts";

const of = (primitive: Primitive, ...inputs: ScalarLike[]): Scalar => Scalar.apply(primitive, inputs);

/** e^(-x²), without the error of a rounded square. */
export const gaussian: Primitive = {
  name: "gaussian",
  vector: /* @__PURE__ */ costly(vectors.gaussian, ["f32x4"]),
  evaluate: (x) => gaussianExp(x, 1),
  partials: ([x], y) => [productOf(-2, productOf(x, y))], // nothing overflows
};

/** e^(-x²/2) / √(2π). */
export const normalDensity: Primitive = {
  name: "normalDensity",
  vector: /* @__PURE__ */ costly(vectors.normalDensity, ["f32x4"]),
  evaluate: normalDensityValue,
  partials: ([x], y) => [negativeOf(productOf(x, y))],
};

export const erfinv: Primitive = {
  name: "erfinv",
  evaluate: erfinvValue,
  partials: (_, y) => [quotientOf(Math.sqrt(Math.PI) / 2, of(gaussian, y))],
};

export const ndtri: Primitive = {
  name: "ndtri",
  evaluate: normalQuantile,
  partials: (_, y) => [quotientOf(1, of(normalDensity, y))],
};

export const logNdtr: Primitive = {
  name: "logNdtr",
  evaluate: logNormalCdf,
  partials: ([x]) => [of(inverseMills, negativeOf(x))],
};

/** The normal density over its upper tail. */
export const inverseMills: Primitive = {
  name: "inverseMills",
  evaluate: inverseMillsValue,
  partials: ([t], y) => [productOf(y, of(millsFraction, 1, t))],
};

/** n / (t + (n + 1) / (t + …)): at n = 1 the density over the tail, less t. In terms of it no derivative cancels in the tail. */
export const millsFraction: Primitive = {
  name: "millsFraction",
  evaluate: (n, t) => (Number.isInteger(n) && n >= 1 && n <= 1000 ? millsFractionValue(n, t) : Number.NaN),
  partials: ([n, t], y) => [Number.NaN, productOf(y, differenceOf(y, of(millsFraction, sumOf(n, 1), t)))],
};

/** e^(x²) erfc(x); the derivative is 2x times it, less 2/√π, and would cancel in that form. */
export const erfcx: Primitive = {
  name: "erfcx",
  evaluate: erfcxValue,
  partials: ([x], y) => [
    productOf(productOf(-Math.SQRT2, of(millsFraction, 1, productOf(Math.SQRT2, x))), y),
  ],
};
