import * as normal from "../kernels/wasm/elementwise/gaussian.ts";
import * as sigmoidal from "../kernels/wasm/elementwise/sigmoidal.ts";
import { erfc as erfcValue, erf as erfValue } from "../numerics/erf.ts";
import { log1pExp } from "../numerics/logistic.ts";
import { normalCdf } from "../numerics/normal.ts";
import { polynomial } from "../numerics/polynomial.ts";
import { negativeOf, productOf, squareOf } from "./arithmetic.ts";
import { costly } from "./costly.ts";
import { type Primitive, Scalar } from "./expression.ts";
import { gaussian, normalDensity } from "./gaussian.ts";

// The derivatives here avoid 1 - y² and y(1 - y): those cancel where the function saturates, just where a vanishing slope is to be measured.

/** 1/cosh x: the slope of tanh is its square. */
export const sech: Primitive = {
  name: "sech",
  vector: /* @__PURE__ */ costly(sigmoidal.sech),
  evaluate: (x) => {
    const e = Math.exp(-Math.abs(x));
    return (2 * e) / (1 + e * e);
  },
  partials: ([x], y) => [negativeOf(productOf(y, Scalar.apply(tanh, [x])))],
};

export const tanh: Primitive = {
  name: "tanh",
  vector: /* @__PURE__ */ costly(sigmoidal.tanh),
  evaluate: Math.tanh,
  partials: ([x]) => [squareOf(Scalar.apply(sech, [x]))],
};

/** (x cosh x - sinh x)·3/x³ near 0, in x²: 3·2k/(2k + 1)!, all positive, where x - tanh x would cancel. */
const shrunk = [
  1,
  1 / 10,
  1 / 280,
  1 / 15120,
  1 / 1330560,
  1 / 172972800,
  1 / 31135104000,
  1 / 7410154752000,
  1 / 2252687044608000,
];

/** x - tanh x. */
export const tanhshrink: Primitive = {
  name: "tanhshrink",
  evaluate: (x) =>
    Math.abs(x) < 1 ? (x * x * x * polynomial(shrunk, x * x)) / (3 * Math.cosh(x)) : x - Math.tanh(x),
  partials: ([x]) => [squareOf(Scalar.apply(tanh, [x]))],
};

export const sigmoid: Primitive = {
  name: "sigmoid",
  vector: /* @__PURE__ */ costly(sigmoidal.sigmoid),
  evaluate: (x) => {
    if (x >= 0) return 1 / (1 + Math.exp(-x));
    const e = Math.exp(x);
    return e / (1 + e);
  },
  partials: ([x]) => [Scalar.apply(logisticDensity, [x])],
};

/** σ(x)σ(-x), the slope of the sigmoid. */
export const logisticDensity: Primitive = {
  name: "logisticDensity",
  vector: /* @__PURE__ */ costly(sigmoidal.logisticDensity),
  evaluate: (x) => {
    const e = Math.exp(-Math.abs(x));
    return e / ((1 + e) * (1 + e));
  },
  partials: ([x], y) => [negativeOf(productOf(y, Scalar.apply(tanh, [productOf(0.5, x)])))],
};

/** log(1 + eˣ). */
export const softplus: Primitive = {
  name: "softplus",
  vector: /* @__PURE__ */ costly(sigmoidal.softplus),
  evaluate: log1pExp,
  partials: ([x]) => [Scalar.apply(sigmoid, [x])],
};

export const erf: Primitive = {
  name: "erf",
  vector: /* @__PURE__ */ costly(normal.erf, ["f32x4"]),
  evaluate: erfValue,
  partials: ([x]) => [productOf(2 / Math.sqrt(Math.PI), Scalar.apply(gaussian, [x]))],
};

export const erfc: Primitive = {
  name: "erfc",
  vector: /* @__PURE__ */ costly(normal.erfc, ["f32x4"]),
  evaluate: erfcValue,
  partials: ([x]) => [productOf(-2 / Math.sqrt(Math.PI), Scalar.apply(gaussian, [x]))],
};

/** The standard normal distribution function, exact to the last digits in its left tail too. */
export const ndtr: Primitive = {
  name: "ndtr",
  vector: /* @__PURE__ */ costly(normal.ndtr, ["f32x4"]),
  evaluate: normalCdf,
  partials: ([x]) => [Scalar.apply(normalDensity, [x])],
};
