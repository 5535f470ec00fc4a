import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import { type Body, signBit } from "./body.ts";

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
const isNotZero: Truth = (body, x) => f64x2.ne(x, body.number(0));
const decides: Truth = (body, x) => f64x2.gt(f64x2.abs(x), body.number(0));

type Instruction = (x: Vector, y: Vector) => Vector;

// Each call is marked free of effects: bundlers do not carry a mark of the function along.
const instruction = (emit: Instruction): PlainRule => ({ emit: (_, x, y) => emit(x, y) });
const comparison = (emit: Instruction): PlainRule => ({ ...instruction(emit), logical: true });
const connective = (emit: Instruction): PlainRule => ({
  ...comparison(emit),
  truths: [isNotZero, isNotZero],
});

/** The magnitude of x with the sign of y. */
export const withSign = (body: Body, x: Vector, y: Vector): Vector =>
  v128.bitselect(y, x, body.bits(signBit));

/** What takes a few instructions, by name. Operands are locals or constants: they can be read twice. */
export const plainRules = {
  add: /* @__PURE__ */ instruction(f64x2.add),
  sub: /* @__PURE__ */ instruction(f64x2.sub),
  mul: /* @__PURE__ */ instruction(f64x2.mul),
  div: /* @__PURE__ */ instruction(f64x2.div),
  neg: /* @__PURE__ */ instruction(f64x2.neg),
  square: /* @__PURE__ */ instruction((x) => f64x2.mul(x, x)),
  reciprocal: { emit: (body: Body, x: Vector) => f64x2.div(body.number(1), x) },
  sqrt: /* @__PURE__ */ instruction(f64x2.sqrt),
  rsqrt: { emit: (body: Body, x: Vector) => f64x2.div(body.number(1), f64x2.sqrt(x)) },
  abs: /* @__PURE__ */ instruction(f64x2.abs),
  maximum: /* @__PURE__ */ instruction(f64x2.max),
  minimum: /* @__PURE__ */ instruction(f64x2.min),
  floor: /* @__PURE__ */ instruction(f64x2.floor),
  ceil: /* @__PURE__ */ instruction(f64x2.ceil),
  trunc: /* @__PURE__ */ instruction(f64x2.trunc),
  round: /* @__PURE__ */ instruction(f64x2.nearest),
  /** ±1; zeros and NaN stay. */
  sign: {
    emit: (body: Body, x: Vector) =>
      v128.bitselect(withSign(body, body.number(1), x), x, f64x2.gt(f64x2.abs(x), body.number(0))),
  },
  lt: /* @__PURE__ */ comparison(f64x2.lt),
  le: /* @__PURE__ */ comparison(f64x2.le),
  gt: /* @__PURE__ */ comparison(f64x2.gt),
  ge: /* @__PURE__ */ comparison(f64x2.ge),
  eq: /* @__PURE__ */ comparison(f64x2.eq),
  ne: /* @__PURE__ */ comparison(f64x2.ne),
  isnan: /* @__PURE__ */ comparison((x) => f64x2.ne(x, x)),
  isinf: { emit: (body: Body, x: Vector) => f64x2.eq(f64x2.abs(x), body.number(Infinity)), logical: true },
  isfinite: { emit: (body: Body, x: Vector) => f64x2.lt(f64x2.abs(x), body.number(Infinity)), logical: true },
  logicalNot: /* @__PURE__ */ connective(v128.not),
  logicalAnd: /* @__PURE__ */ connective(v128.and),
  logicalOr: /* @__PURE__ */ connective(v128.or),
  logicalXor: /* @__PURE__ */ connective(v128.xor),
  where: {
    emit: (_: Body, condition: Vector, x: Vector, y: Vector) => v128.bitselect(x, y, condition),
    truths: [decides],
  },
} as const satisfies Readonly<Record<string, PlainRule>>;
