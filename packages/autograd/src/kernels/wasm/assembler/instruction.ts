import { constant } from "./constant.ts";
import type { Expression, Immediate, Opcode, ResultType, Term } from "./term.ts";
import type { HostValue, ValueType } from "./value-type.ts";

/** What may stand for a value: what computes it, or a plain number where the type has one. */
export type Operand<T extends ValueType> = Expression<T> | HostValue<T>;

export type Operands<P extends readonly ValueType[]> = { [K in keyof P]: Operand<P[K]> };

export function toExpression<T extends ValueType>(type: T, operand: Operand<T>): Expression<T> {
  if (typeof operand === "object") return operand as Expression<T>;
  return constant(type as "f64", operand as number) as Expression<ValueType> as Expression<T>;
}

/** Applies an instruction of the given signature to operands. */
export function term<const P extends readonly ValueType[], R extends ResultType>(
  mnemonic: string,
  opcode: Opcode,
  signature: P,
  result: R,
  operands: Operands<P>,
  immediates: readonly Immediate[] = [],
): Term<R> {
  const expressions = signature.map((type, k) => toExpression(type, operands[k] as Operand<ValueType>));
  return { mnemonic, opcode, result, operands: expressions, immediates };
}

/* The makers of instructions are marked free of side effects, so that a bundler drops every instruction that nobody emits. */

/** An instruction without immediates. */
// @__NO_SIDE_EFFECTS__
export function instruction<const P extends readonly ValueType[], R extends ResultType>(
  mnemonic: string,
  opcode: Opcode,
  signature: P,
  result: R,
): (...operands: Operands<P>) => Term<R> {
  return (...operands) => term(mnemonic, opcode, signature, result, operands);
}

// @__NO_SIDE_EFFECTS__
export function unary<T extends ValueType, R extends ValueType = T>(
  mnemonic: string,
  code: number,
  type: T,
  result?: R,
): (x: Operand<T>) => Expression<R> {
  return (x) => term(mnemonic, [code], [type], (result ?? type) as R, [x]);
}

// @__NO_SIDE_EFFECTS__
export function binary<T extends ValueType, R extends ValueType = T>(
  mnemonic: string,
  code: number,
  type: T,
  result?: R,
): (x: Operand<T>, y: Operand<T>) => Expression<R> {
  return (x, y) => term(mnemonic, [code], [type, type], (result ?? type) as R, [x, y]);
}
