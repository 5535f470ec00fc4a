import { negativeOf, productOf, quotientOf, sumOf } from "./arithmetic.ts";
import { type Primitive, Scalar } from "./expression.ts";
import { sinc } from "./trigonometric.ts";

/** Vanishes at the whole numbers other than 0. */
const wholeBut0 = (x: Scalar): Scalar => Scalar.apply(sinc, [x]);
/** Vanishes at the whole numbers. */
const whole = (x: Scalar): Scalar => productOf(x, wholeBut0(x));

export const floor: Primitive = {
  name: "floor",
  vector: "floor",
  evaluate: Math.floor,
  partials: () => [0],
  kink: ([a]) => whole(a),
};

export const ceil: Primitive = {
  name: "ceil",
  vector: "ceil",
  evaluate: Math.ceil,
  partials: () => [0],
  kink: ([a]) => whole(a),
};

export const trunc: Primitive = {
  name: "trunc",
  vector: "trunc",
  evaluate: Math.trunc,
  partials: () => [0],
  kink: ([a]) => wholeBut0(a),
};

/** x - trunc x. */
export const frac: Primitive = {
  name: "frac",
  evaluate: (a) => a - Math.trunc(a),
  partials: () => [1],
  kink: ([a]) => wholeBut0(a),
};

function roundToEven(a: number): number {
  const nearest = Math.round(a);
  return Math.abs(a - Math.trunc(a)) === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}

/** To the nearest integer, halves to the even one, as IEEE 754 and PyTorch round. */
export const round: Primitive = {
  name: "round",
  vector: "round",
  evaluate: roundToEven,
  partials: () => [0],
  kink: ([a]) => whole(sumOf(a, 0.5)),
};

/** To so many digits behind the point, before it where the number is negative: what overflows has none to lose. */
export const roundDecimals: Primitive = {
  name: "roundDecimals",
  evaluate: (a, decimals) => {
    const unit = 10 ** Math.abs(decimals);
    const scaled = decimals < 0 ? a / unit : a * unit;
    if (!Number.isFinite(scaled)) return a + 0 * decimals;
    return decimals < 0 ? roundToEven(scaled) * unit : roundToEven(scaled) / unit;
  },
  partials: () => [0, 0],
  kink: ([a, decimals]) => whole(sumOf(productOf(a, Scalar.apply(tenTo, [decimals])), 0.5)),
};

const tenTo: Primitive = {
  name: "tenTo",
  evaluate: (a) => 10 ** a,
  partials: (_, y) => [productOf(Math.LN10, y)],
};

export const truncDivide: Primitive = {
  name: "truncDivide",
  evaluate: (a, b) => Math.trunc(a / b),
  partials: () => [0, 0],
  kink: ([a, b]) => wholeBut0(quotientOf(a, b)),
};

/** From the exact remainder, as in PyTorch: the quotient alone may round up to the next whole number. */
export const floorDivide: Primitive = {
  name: "floorDivide",
  evaluate: (a, b) => {
    if (b === 0) return a / b;
    const rest = a % b;
    const quotient = (a - rest) / b - (rest !== 0 && b < 0 !== rest < 0 ? 1 : 0);
    if (quotient === 0) return 0 * Math.sign(a / b);
    const below = Math.floor(quotient);
    return quotient - below > 0.5 ? below + 1 : below;
  },
  partials: () => [0, 0],
  kink: ([a, b]) => whole(quotientOf(a, b)),
};

/** a - b trunc(a / b), exactly: the sign is that of a. */
export const fmod: Primitive = {
  name: "fmod",
  evaluate: (a, b) => a % b,
  code: (a, b) => `(${a} % ${b})`,
  partials: ([a, b]) => [1, negativeOf(Scalar.apply(truncDivide, [a, b]))],
  kink: ([a, b]) => wholeBut0(quotientOf(a, b)),
};

/** a - b floor(a / b): the sign is that of b. */
export const remainder: Primitive = {
  name: "remainder",
  evaluate: (a, b) => {
    const rest = a % b;
    return rest !== 0 && b < 0 !== rest < 0 ? rest + b : rest;
  },
  partials: ([a, b]) => [1, negativeOf(Scalar.apply(floorDivide, [a, b]))],
  kink: ([a, b]) => whole(quotientOf(a, b)),
};
