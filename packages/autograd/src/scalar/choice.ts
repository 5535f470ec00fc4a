import { differenceOf, productOf, sumOf } from "./arithmetic.ts";
import { type Primitive, Scalar, type ScalarLike, toScalar } from "./expression.ts";
import { eitherOf, isnan } from "./logic.ts";

const comparison = (
  name: "lt" | "le" | "gt" | "ge" | "eq" | "ne",
  symbol: string,
  evaluate: (a: number, b: number) => boolean,
): Primitive => ({
  name,
  evaluate: (a, b) => (evaluate(a, b) ? 1 : 0),
  code: (a, b) => `(${a} ${symbol} ${b})`,
  partials: () => [0, 0],
  kink: ([a, b]) => differenceOf(a, b),
  logical: true,
  vector: name,
});

export const lt = /* @__PURE__ */ comparison("lt", "<", (a, b) => a < b);
export const le = /* @__PURE__ */ comparison("le", "<=", (a, b) => a <= b);
export const gt = /* @__PURE__ */ comparison("gt", ">", (a, b) => a > b);
export const ge = /* @__PURE__ */ comparison("ge", ">=", (a, b) => a >= b);
export const eq = /* @__PURE__ */ comparison("eq", "===", (a, b) => a === b);
export const ne = /* @__PURE__ */ comparison("ne", "!==", (a, b) => a !== b);

/** The second operand where the first is true, else the third. Its derivative is chosen, not multiplied by 0: the other branch may be NaN. */
export const where: Primitive = {
  name: "where",
  vector: "where",
  evaluate: (condition, a, b) => (condition ? a : b),
  code: (condition, a, b) => `(${condition} ? ${a} : ${b})`,
  partials: ([condition]) => [0, choiceOf(condition, 1, 0), choiceOf(condition, 0, 1)],
};

export function choiceOf(condition: Scalar, a: ScalarLike, b: ScalarLike): Scalar {
  const [x, y] = [toScalar(a), toScalar(b)];
  if (x.isConstant && y.isConstant && Object.is(x.value, y.value)) return x;
  return Scalar.apply(where, [condition, x, y]);
}

/** Equal operands share the derivative evenly, beside NaN both pass it on, as in PyTorch. */
const unlessBeaten = (a: Scalar, b: Scalar, worse: Primitive): Scalar =>
  choiceOf(Scalar.apply(eq, [a, b]), 0.5, choiceOf(Scalar.apply(worse, [a, b]), 0, 1));

export const maximum: Primitive = {
  name: "maximum",
  vector: "maximum",
  evaluate: Math.max,
  partials: ([a, b]) => [unlessBeaten(a, b, lt), unlessBeaten(b, a, lt)],
  kink: ([a, b]) => differenceOf(a, b),
};

export const minimum: Primitive = {
  name: "minimum",
  vector: "minimum",
  evaluate: Math.min,
  partials: ([a, b]) => [unlessBeaten(a, b, gt), unlessBeaten(b, a, gt)],
  kink: ([a, b]) => differenceOf(a, b),
};

/** The derivative at 0 is 0, as in PyTorch. */
export const abs: Primitive = {
  name: "abs",
  vector: "abs",
  evaluate: Math.abs,
  partials: ([a]) => [Scalar.apply(sign, [a])],
  kink: ([a]) => a,
};

export const sign: Primitive = {
  name: "sign",
  vector: "sign",
  evaluate: Math.sign,
  partials: () => [0],
  kink: ([a]) => a,
};

/** Slopes where the first is chosen if `wins` says so of the two, or the second is NaN. */
function ofFirst(a: Scalar, b: Scalar, wins: Primitive): Scalar[] {
  const first = eitherOf(Scalar.apply(wins, [a, b]), Scalar.apply(isnan, [b]));
  return [choiceOf(first, 1, 0), choiceOf(first, 0, 1)];
}

/** The larger, of a number and NaN the number; the first takes the derivative of a tie, as in PyTorch. */
export const fmax: Primitive = {
  name: "fmax",
  evaluate: (a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b)),
  partials: ([a, b]) => ofFirst(a, b, ge),
  kink: ([a, b]) => differenceOf(a, b),
};

/** The smaller, of a number and NaN the number; the first takes the derivative of a tie, as in PyTorch. */
export const fmin: Primitive = {
  name: "fmin",
  evaluate: (a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b)),
  partials: ([a, b]) => ofFirst(a, b, le),
  kink: ([a, b]) => differenceOf(a, b),
};

/** |a| with the sign of b, zeros included. The derivative at a = 0 is 0, as in PyTorch. */
export const copysign: Primitive = {
  name: "copysign",
  evaluate: (a, b) => (Number.isNaN(b) ? b : Math.abs(a) * (b < 0 || 1 / b === -Infinity ? -1 : 1)),
  partials: ([a, b]) => [productOf(Scalar.apply(sign, [a]), Scalar.apply(copysign, [1, b])), 0],
  kink: ([a, b]) => productOf(a, b),
};

/** 0 below zero, 1 above, `middle` at zero. */
export const heaviside: Primitive = {
  name: "heaviside",
  evaluate: (a, middle) => (a === 0 ? middle : (Math.sign(a) + 1) / 2),
  partials: ([a]) => [0, choiceOf(Scalar.apply(eq, [a, 0]), 1, 0)],
  kink: ([a]) => a,
};

/** The limit where x is on its wrong side; NaN in either passes. */
const limitedBy = (inside: Primitive, outside: Primitive, x: Scalar, limit: ScalarLike): Scalar =>
  choiceOf(
    Scalar.apply(inside, [x, limit]),
    x,
    choiceOf(Scalar.apply(outside, [x, limit]), limit, sumOf(x, limit)),
  );

export const clampMinOf = (x: Scalar, lower: ScalarLike): Scalar => limitedBy(ge, lt, x, lower);

export const clampMaxOf = (x: Scalar, upper: ScalarLike): Scalar => limitedBy(le, gt, x, upper);

/** x with other numbers in place of NaN, Infinity and -Infinity. */
export const nanToNumOf = (x: Scalar, nan: ScalarLike, above: ScalarLike, below: ScalarLike): Scalar =>
  choiceOf(
    Scalar.apply(isnan, [x]),
    nan,
    choiceOf(Scalar.apply(eq, [x, Infinity]), above, choiceOf(Scalar.apply(eq, [x, -Infinity]), below, x)),
  );

/** The limit `lower` below it, `upper` above it, and `upper` everywhere if it is the lower of the two; NaN in any of the three passes. */
export function clampOf(x: Scalar, lower: ScalarLike, upper: ScalarLike): Scalar {
  const below = choiceOf(Scalar.apply(gt, [lower, upper]), upper, lower);
  const above = choiceOf(Scalar.apply(gt, [x, upper]), upper, sumOf(x, upper));
  return choiceOf(Scalar.apply(le, [x, upper]), choiceOf(Scalar.apply(ge, [x, lower]), x, below), above);
}
