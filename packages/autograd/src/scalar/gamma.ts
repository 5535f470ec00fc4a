import { digamma as digammaValue } from "../numerics/digamma.ts";
import { hurwitzZeta } from "../numerics/hurwitz-zeta.ts";
import { lgamma as lgammaValue } from "../numerics/lgamma.ts";
import { polygamma as polygammaValue } from "../numerics/polygamma.ts";
import { negativeOf, productOf, sumOf } from "./arithmetic.ts";
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
