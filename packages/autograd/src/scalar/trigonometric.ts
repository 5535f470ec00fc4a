import { hypot as hypotValue } from "../numerics/hypot.ts";
import { sincDerivative } from "../numerics/sinc.ts";
import { differenceOf, negativeOf, productOf, quotientOf, squareOf, sumOf } from "./arithmetic.ts";
import { type Primitive, Scalar, type ScalarLike } from "./expression.ts";
import { rsqrt } from "./transcendental.ts";

const of = (primitive: Primitive, ...inputs: ScalarLike[]): Scalar => Scalar.apply(primitive, inputs);

/** √(a² + b²). Its derivatives at (0, 0) are NaN, as in PyTorch. */
export const hypot: Primitive = {
  name: "hypot",
  evaluate: hypotValue,
  partials: ([a, b]) => [of(direction, a, b), of(direction, b, a)],
};

/** a / √(a² + b²), the cosine of the angle at a: a row of its own, so that higher derivatives do not cancel. */
export const direction: Primitive = {
  name: "direction",
  evaluate: (a, b) => a / hypotValue(a, b),
  partials: ([a, b], cosine) => {
    const [sine, length] = [of(direction, b, a), of(hypot, a, b)];
    return [quotientOf(squareOf(sine), length), negativeOf(quotientOf(productOf(cosine, sine), length))];
  },
};

/** The angle of the point (b, a). */
export const atan2: Primitive = {
  name: "atan2",
  evaluate: Math.atan2,
  partials: ([a, b]) => {
    const length = of(hypot, a, b);
    return [quotientOf(of(direction, b, a), length), negativeOf(quotientOf(of(direction, a, b), length))];
  },
};

export const asinh: Primitive = {
  name: "asinh",
  evaluate: Math.asinh,
  partials: ([x]) => [quotientOf(1, of(hypot, 1, x))],
};

/** The derivative in two factors: x² - 1 would cancel near 1. */
export const acosh: Primitive = {
  name: "acosh",
  evaluate: Math.acosh,
  partials: ([x]) => [productOf(of(rsqrt, differenceOf(x, 1)), of(rsqrt, sumOf(x, 1)))],
};

export const atanh: Primitive = {
  name: "atanh",
  evaluate: Math.atanh,
  partials: ([x]) => [quotientOf(1, productOf(differenceOf(1, x), sumOf(1, x)))],
};

/** The derivative of whole order n of sin(πx) / (πx). */
const sincOfOrder: Primitive = {
  name: "sincOfOrder",
  evaluate: (n, x) => (Number.isInteger(n) && n >= 0 && n <= 1000 ? sincDerivative(n, x) : Number.NaN),
  partials: ([n, x]) => [Number.NaN, of(sincOfOrder, sumOf(n, 1), x)],
};

export const sinc: Primitive = {
  name: "sinc",
  evaluate: (x) => sincDerivative(0, x),
  partials: ([x]) => [of(sincOfOrder, 1, x)],
};

export const deg2rad: Primitive = {
  name: "deg2rad",
  evaluate: (x) => x * (Math.PI / 180),
  partials: () => [Math.PI / 180],
};

export const rad2deg: Primitive = {
  name: "rad2deg",
  evaluate: (x) => x * (180 / Math.PI),
  partials: () => [180 / Math.PI],
};
