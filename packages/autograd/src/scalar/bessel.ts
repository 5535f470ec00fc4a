import { besselIScaled as besselIScaledValue, besselI as besselIValue } from "../numerics/bessel-i.ts";
import { differenceOf, productOf, sumOf } from "./arithmetic.ts";
import { sign } from "./choice.ts";
import { type Primitive, Scalar } from "./expression.ts";

const isOrder = (n: number): boolean => Number.isInteger(n) && Math.abs(n) <= 1000;

/** 2Iₙ' = Iₙ₋₁ + Iₙ₊₁: unlike I₀ - I₁/x, nothing cancels and nothing divides by 0. */
const meanOfNeighbours = (primitive: Primitive, n: Scalar, x: Scalar): Scalar =>
  productOf(
    0.5,
    sumOf(Scalar.apply(primitive, [differenceOf(n, 1), x]), Scalar.apply(primitive, [sumOf(n, 1), x])),
  );

/** The modified Bessel function of the first kind of whole order n; it has no derivative to n. */
export const besselI: Primitive = {
  name: "besselI",
  evaluate: (n, x) => (isOrder(n) ? besselIValue(n, x) : Number.NaN),
  partials: ([n, x]) => [Number.NaN, meanOfNeighbours(besselI, n, x)],
};

/** e^(-|x|) times it, with the mean of both sides as derivative at 0. */
export const besselIScaled: Primitive = {
  name: "besselIScaled",
  evaluate: (n, x) => (isOrder(n) ? besselIScaledValue(n, x) : Number.NaN),
  partials: ([n, x], y) => [
    Number.NaN,
    differenceOf(meanOfNeighbours(besselIScaled, n, x), productOf(Scalar.apply(sign, [x]), y)),
  ],
  kink: ([, x]) => x,
};

const ofOrder = (n: number, name: string, family: Primitive, kink?: Primitive["kink"]): Primitive => ({
  name,
  evaluate: (x) => family.evaluate(n, x),
  partials: ([x], y) => family.partials([Scalar.constant(n), x], y).slice(1),
  kink,
});

export const i0 = /* @__PURE__ */ ofOrder(0, "i0", besselI);
export const i1 = /* @__PURE__ */ ofOrder(1, "i1", besselI);
export const i0e = /* @__PURE__ */ ofOrder(0, "i0e", besselIScaled, ([x]) => x);
export const i1e = /* @__PURE__ */ ofOrder(1, "i1e", besselIScaled, ([x]) => x);
