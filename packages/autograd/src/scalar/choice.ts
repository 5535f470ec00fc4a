import { differenceOf, sumOf } from "./arithmetic.ts";
import { type Primitive, Scalar, type ScalarLike, toScalar } from "./expression.ts";

const comparison = (
  name: string,
  symbol: string,
  evaluate: (a: number, b: number) => boolean,
): Primitive => ({
  name,
  evaluate: (a, b) => (evaluate(a, b) ? 1 : 0),
  code: (a, b) => `(${a} ${symbol} ${b})`,
  partials: () => [0, 0],
  kink: ([a, b]) => differenceOf(a, b),
  logical: true,
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
  evaluate: (condition, a, b) => (condition ? a : b),
  code: (condition, a, b) => `(${condition} ? ${a} : ${b})`,
  partials: ([condition]) => [0, choiceOf(condition, 1, 0), choiceOf(condition, 0, 1)],
};

export function choiceOf(condition: Scalar, a: ScalarLike, b: ScalarLike): Scalar {
  const [x, y] = [toScalar(a), toScalar(b)];
  if (x.isConstant && y.isConstant && Object.is(x.value, y.value)) return x;
  return Scalar.apply(where, [condition, x, y]);
}

/** Equal operands share the derivative evenly, as in PyTorch. */
const winner = (a: Scalar, b: Scalar, better: Primitive): Scalar =>
  choiceOf(Scalar.apply(eq, [a, b]), 0.5, choiceOf(Scalar.apply(better, [a, b]), 1, 0));

export const maximum: Primitive = {
  name: "maximum",
  evaluate: Math.max,
  partials: ([a, b]) => [winner(a, b, gt), winner(b, a, gt)],
  kink: ([a, b]) => differenceOf(a, b),
};

export const minimum: Primitive = {
  name: "minimum",
  evaluate: Math.min,
  partials: ([a, b]) => [winner(a, b, lt), winner(b, a, lt)],
  kink: ([a, b]) => differenceOf(a, b),
};

/** The derivative at 0 is 0, as in PyTorch. */
export const abs: Primitive = {
  name: "abs",
  evaluate: Math.abs,
  partials: ([a]) => [Scalar.apply(sign, [a])],
  kink: ([a]) => a,
};

export const sign: Primitive = { name: "sign", evaluate: Math.sign, partials: () => [0], kink: ([a]) => a };

export const floor: Primitive = { name: "floor", evaluate: Math.floor, partials: () => [0] };

export const ceil: Primitive = { name: "ceil", evaluate: Math.ceil, partials: () => [0] };

/** To the nearest integer, halves to the even one, as IEEE 754 and PyTorch round. */
export const round: Primitive = {
  name: "round",
  evaluate: (a) => {
    const nearest = Math.round(a);
    return Math.abs(a - Math.trunc(a)) === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
  },
  partials: () => [0],
};

export const logicalNot: Primitive = {
  name: "logicalNot",
  evaluate: (a) => (a === 0 ? 1 : 0),
  partials: () => [0],
  logical: true,
};

/** The limit `lower` below it, `upper` above it, and `upper` everywhere if it is the lower of the two; NaN in any of the three passes. */
export function clampOf(x: Scalar, lower: ScalarLike, upper: ScalarLike): Scalar {
  const below = choiceOf(Scalar.apply(gt, [lower, upper]), upper, lower);
  const above = choiceOf(Scalar.apply(gt, [x, upper]), upper, sumOf(x, upper));
  return choiceOf(Scalar.apply(le, [x, upper]), choiceOf(Scalar.apply(ge, [x, lower]), x, below), above);
}
