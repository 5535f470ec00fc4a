import { digamma as digammaValue } from "../numerics/digamma.ts";
import { gammaDensity as gammaDensityValue, gammaInc, gammaIncUpper } from "../numerics/gamma-inc.ts";
import { hurwitzZeta } from "../numerics/hurwitz-zeta.ts";
import { lgamma as lgammaValue } from "../numerics/lgamma.ts";
import { polygamma as polygammaValue } from "../numerics/polygamma.ts";
import { differenceOf, negativeOf, productOf, quotientOf, sumOf } from "./arithmetic.ts";
import { type Primitive, Scalar } from "./expression.ts";

/** log |Γ(x)|. */
export const lgamma: Primitive = {
  name: "lgamma",
  evaluate: lgammaValue,
  partials: ([x]) => [Scalar.apply(digamma, [x])],
};

export const digamma: Primitive = {
  name: "digamma",
  evaluate: digammaValue,
  partials: ([x]) => [Scalar.apply(polygamma, [1, x])],
};

/** The derivative of order n of digamma; it has none to n. */
export const polygamma: Primitive = {
  name: "polygamma",
  evaluate: (n, x) => (Number.isInteger(n) && n >= 0 && n <= 170 ? polygammaValue(n, x) : Number.NaN),
  partials: ([n, x]) => [Number.NaN, Scalar.apply(polygamma, [sumOf(n, 1), x])],
};

/** Hurwitz' zeta function Σₖ (q + k)^(-s); the derivative to s is not offered. */
export const zeta: Primitive = {
  name: "zeta",
  evaluate: hurwitzZeta,
  partials: ([s, q]) => [Number.NaN, negativeOf(productOf(s, Scalar.apply(zeta, [sumOf(s, 1), q])))],
};

/** The slope to x of the regularised lower incomplete gamma function. */
export const gammaDensity: Primitive = {
  name: "gammaDensity",
  evaluate: gammaDensityValue,
  partials: ([a, x], y) => [Number.NaN, productOf(y, differenceOf(quotientOf(differenceOf(a, 1), x), 1))],
};

/** The regularised lower incomplete gamma function P(a, x); the derivative to a is not offered. */
export const igamma: Primitive = {
  name: "igamma",
  evaluate: gammaInc,
  partials: ([a, x]) => [Number.NaN, Scalar.apply(gammaDensity, [a, x])],
};

/** 1 - P(a, x). */
export const igammac: Primitive = {
  name: "igammac",
  evaluate: gammaIncUpper,
  partials: ([a, x]) => [Number.NaN, negativeOf(Scalar.apply(gammaDensity, [a, x]))],
};
