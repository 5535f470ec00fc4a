import * as exponential from "../kernels/wasm/elementwise/exponential.ts";
import { frexpExponent, frexpMantissa } from "../numerics/frexp.ts";
import { log1pExp } from "../numerics/logistic.ts";
import { differenceOf, productOf, quotientOf, sumOf } from "./arithmetic.ts";
import { choiceOf, eq, le } from "./choice.ts";
import { costly } from "./costly.ts";
import { type Primitive, Scalar, type ScalarLike } from "./expression.ts";
import { bothOf } from "./logic.ts";
import { sigmoid } from "./sigmoidal.ts";
import { log, log1p } from "./transcendental.ts";

const of = (primitive: Primitive, ...inputs: ScalarLike[]): Scalar => Scalar.apply(primitive, inputs);

export const exp2: Primitive = {
  name: "exp2",
  vector: /* @__PURE__ */ costly(exponential.exp2),
  evaluate: (x) => 2 ** x,
  partials: (_, y) => [productOf(Math.LN2, y)],
};

/** a - b; 0 where both are the same infinity. */
const gap: Primitive = {
  name: "gap",
  evaluate: (a, b) => (a === b ? 0 : a - b),
  partials: () => [1, -1],
};

/** log(eᵃ + eᵇ). Equal infinities share the derivative evenly. */
export const logaddexp: Primitive = {
  name: "logaddexp",
  evaluate: (a, b) => (a === b ? a + Math.LN2 : Math.max(a, b) + log1pExp(-Math.abs(a - b))),
  partials: ([a, b]) => [of(sigmoid, of(gap, a, b)), of(sigmoid, of(gap, b, a))],
};

/** log₂(2ᵃ + 2ᵇ). Equal infinities share the derivative evenly. */
export const logaddexp2: Primitive = {
  name: "logaddexp2",
  evaluate: (a, b) => (a === b ? a + 1 : Math.max(a, b) + Math.LOG2E * Math.log1p(2 ** -Math.abs(a - b))),
  partials: ([a, b]) => [
    of(sigmoid, productOf(Math.LN2, of(gap, a, b))),
    of(sigmoid, productOf(Math.LN2, of(gap, b, a))),
  ],
};

/** x log y, and 0 at x = 0 whatever y is. Its derivative to x is 0 at x = 0 where y <= 0, as in PyTorch. */
export const xlogy: Primitive = {
  name: "xlogy",
  evaluate: (x, y) => (x === 0 && !Number.isNaN(y) ? 0 : x * Math.log(y)),
  partials: ([x, y]) => [choiceOf(bothOf(of(eq, x, 0), of(le, y, 0)), 0, of(log, y)), quotientOf(x, y)],
};

/** x log(1 + y), and 0 at x = 0 whatever y is. Its derivative to x is 0 at x = 0 where y <= -1, as in PyTorch. */
export const xlog1py: Primitive = {
  name: "xlog1py",
  evaluate: (x, y) => (x === 0 && !Number.isNaN(y) ? 0 : x * Math.log1p(y)),
  partials: ([x, y]) => [
    choiceOf(bothOf(of(eq, x, 0), of(le, y, -1)), 0, of(log1p, y)),
    quotientOf(x, sumOf(1, y)),
  ],
};

/** -x log x, continued by 0 at 0 and by -Infinity below. */
export const entr: Primitive = {
  name: "entr",
  evaluate: (x) => (x === 0 ? 0 : x < 0 ? -Infinity : -x * Math.log(x)),
  partials: ([x]) => [differenceOf(-1, of(log, x))],
};

/** log(x / (1 - x)), with all its digits at its zero too. */
export const logit: Primitive = {
  name: "logit",
  evaluate: (x) => (x > 0.25 && x < 0.75 ? 2 * Math.atanh(2 * x - 1) : Math.log(x / (1 - x))),
  partials: ([x]) => [quotientOf(1, productOf(x, differenceOf(1, x)))],
};

/** x · 2ᵉ, in two steps where the power alone would overflow. */
export const ldexp: Primitive = {
  name: "ldexp",
  evaluate: (x, e) => {
    const half = Math.abs(e) > 1000 && Math.abs(e) < Infinity ? Math.trunc(e / 2) : 0;
    return x * 2 ** half * 2 ** (e - half);
  },
  partials: ([, e], y) => [of(exp2, e), productOf(Math.LN2, y)],
};

/** The power of two for which the mantissa lies in [1/2, 1); 0 for zeros, infinities and NaN. */
export const exponent: Primitive = {
  name: "exponent",
  evaluate: frexpExponent,
  partials: () => [0],
};

export const mantissa: Primitive = {
  name: "mantissa",
  evaluate: frexpMantissa,
  partials: ([x]) => [of(exp2, differenceOf(0, of(exponent, x)))],
};
