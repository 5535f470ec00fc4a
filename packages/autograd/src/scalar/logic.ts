import { type Primitive, Scalar } from "./expression.ts";

const question = (
  name: string,
  evaluate: (a: number) => boolean,
  code?: (a: string) => string,
  vector?: Primitive["vector"],
): Primitive => ({
  name,
  evaluate: (a) => (evaluate(a) ? 1 : 0),
  code,
  partials: () => [0],
  logical: true,
  vector,
});

const connective = (
  name: "logicalAnd" | "logicalOr" | "logicalXor",
  evaluate: (a: boolean, b: boolean) => boolean,
  symbol: string,
): Primitive => ({
  name,
  evaluate: (a, b) => (evaluate(a !== 0, b !== 0) ? 1 : 0),
  // Loose comparison: an operand may be a truth value of the language. NaN counts as true, as in PyTorch.
  code: (a, b) => `((${a} != 0) ${symbol} (${b} != 0))`,
  partials: () => [0, 0],
  logical: true,
  vector: name,
});

export const logicalNot = /* @__PURE__ */ question(
  "logicalNot",
  (a) => a === 0,
  (a) => `(${a} == 0)`,
  "logicalNot",
);
export const logicalAnd = /* @__PURE__ */ connective("logicalAnd", (a, b) => a && b, "&&");
export const logicalOr = /* @__PURE__ */ connective("logicalOr", (a, b) => a || b, "||");
export const logicalXor = /* @__PURE__ */ connective("logicalXor", (a, b) => a !== b, "!==");

export const isnan = /* @__PURE__ */ question("isnan", Number.isNaN, (a) => `Number.isNaN(${a})`, "isnan");
export const isinf = /* @__PURE__ */ question(
  "isinf",
  (a) => Math.abs(a) === Infinity,
  (a) => `(Math.abs(${a}) === Infinity)`,
  "isinf",
);
export const isfinite = /* @__PURE__ */ question(
  "isfinite",
  (a) => Math.abs(a) < Infinity,
  (a) => `(Math.abs(${a}) < Infinity)`,
  "isfinite",
);
/** The sign bit of a NaN cannot be seen. */
export const signbit = /* @__PURE__ */ question("signbit", (a) => a < 0 || 1 / a === -Infinity);

/** Equal, or finitely apart by no more than `absolute + relative |b|`. */
export const isclose: Primitive = {
  name: "isclose",
  evaluate: (a, b, relative, absolute) => {
    const distance = Math.abs(a - b);
    return a === b || (distance < Infinity && distance <= absolute + relative * Math.abs(b)) ? 1 : 0;
  },
  partials: () => [0, 0, 0, 0],
  logical: true,
};

export const bothOf = (a: Scalar, b: Scalar): Scalar => Scalar.apply(logicalAnd, [a, b]);
export const eitherOf = (a: Scalar, b: Scalar): Scalar => Scalar.apply(logicalOr, [a, b]);
