import * as v128 from "../assembler/instructions/v128.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { Body } from "./body.ts";
import type { Format } from "./format.ts";

/** A few instructions; truth values are masks, all ones or all zeros. */
export interface PlainRule {
  readonly emit: (body: Body, ...operands: Vector[]) => Vector;
  /** Where a truth value is expected: how one is made of a number. */
  readonly truths?: readonly (Truth | undefined)[];
  /** The result is a truth value. */
  readonly logical?: boolean;
}

type Truth = (body: Body, x: Vector) => Vector;

/** NaN counts as true where it is combined with others, and as false where it decides: as in the plain loops. */
const isNotZero: Truth = (body, x) => body.format.floats.ne(x, body.number(0));
const decides: Truth = (body, x) => body.format.floats.gt(magnitude(body, x), body.number(0));

const magnitude = (body: Body, x: Vector): Vector => body.format.floats.abs(x);

type Instruction = (floats: Format["floats"], x: Vector, y: Vector) => Vector;

// Each call is marked free of effects: bundlers do not carry a mark of the function along.
const instruction = (emit: Instruction): PlainRule => ({
  emit: (body, x, y) => emit(body.format.floats, x, y),
});
const comparison = (emit: Instruction): PlainRule => ({ ...instruction(emit), logical: true });
const connective = (emit: Instruction): PlainRule => ({
  ...comparison(emit),
  truths: [isNotZero, isNotZero],
});

/** The magnitude of x with the sign of y. */
export const withSign = (body: Body, x: Vector, y: Vector): Vector => v128.bitselect(y, x, body.signBits);

/** What takes a few instructions, by name. Operands are locals or constants: they can be read twice. */
export const plainRules = {
  add: /* @__PURE__ */ instruction((f, x, y) => f.add(x, y)),
  sub: /* @__PURE__ */ instruction((f, x, y) => f.sub(x, y)),
  mul: /* @__PURE__ */ instruction((f, x, y) => f.mul(x, y)),
  div: /* @__PURE__ */ instruction((f, x, y) => f.div(x, y)),
  neg: /* @__PURE__ */ instruction((f, x) => f.neg(x)),
  square: /* @__PURE__ */ instruction((f, x) => f.mul(x, x)),
  reciprocal: { emit: (body: Body, x: Vector) => body.format.floats.div(body.number(1), x) },
  sqrt: /* @__PURE__ */ instruction((f, x) => f.sqrt(x)),
  rsqrt: {
    emit: (body: Body, x: Vector) => body.format.floats.div(body.number(1), body.format.floats.sqrt(x)),
  },
  abs: /* @__PURE__ */ instruction((f, x) => f.abs(x)),
  maximum: /* @__PURE__ */ instruction((f, x, y) => f.max(x, y)),
  minimum: /* @__PURE__ */ instruction((f, x, y) => f.min(x, y)),
  floor: /* @__PURE__ */ instruction((f, x) => f.floor(x)),
  ceil: /* @__PURE__ */ instruction((f, x) => f.ceil(x)),
  trunc: /* @__PURE__ */ instruction((f, x) => f.trunc(x)),
  round: /* @__PURE__ */ instruction((f, x) => f.nearest(x)),
  /** ±1; zeros and NaN stay. */
  sign: {
    emit: (body: Body, x: Vector) => v128.bitselect(withSign(body, body.number(1), x), x, decides(body, x)),
  },
  lt: /* @__PURE__ */ comparison((f, x, y) => f.lt(x, y)),
  le: /* @__PURE__ */ comparison((f, x, y) => f.le(x, y)),
  gt: /* @__PURE__ */ comparison((f, x, y) => f.gt(x, y)),
  ge: /* @__PURE__ */ comparison((f, x, y) => f.ge(x, y)),
  eq: /* @__PURE__ */ comparison((f, x, y) => f.eq(x, y)),
  ne: /* @__PURE__ */ comparison((f, x, y) => f.ne(x, y)),
  isnan: /* @__PURE__ */ comparison((f, x) => f.ne(x, x)),
  isinf: {
    emit: (body: Body, x: Vector) => body.format.floats.eq(magnitude(body, x), body.number(Infinity)),
    logical: true,
  },
  isfinite: {
    emit: (body: Body, x: Vector) => body.format.floats.lt(magnitude(body, x), body.number(Infinity)),
    logical: true,
  },
  logicalNot: /* @__PURE__ */ connective((_, x) => v128.not(x)),
  logicalAnd: /* @__PURE__ */ connective((_, x, y) => v128.and(x, y)),
  logicalOr: /* @__PURE__ */ connective((_, x, y) => v128.or(x, y)),
  logicalXor: /* @__PURE__ */ connective((_, x, y) => v128.xor(x, y)),
  where: {
    emit: (_: Body, condition: Vector, x: Vector, y: Vector) => v128.bitselect(x, y, condition),
    truths: [decides],
  },
} as const satisfies Readonly<Record<string, PlainRule>>;
