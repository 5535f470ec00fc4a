import { type Operand, toExpression } from "./instruction.ts";
import { type Expression, type Immediate, type Local, reference, type Statement } from "./term.ts";
import type { ValueType } from "./value-type.ts";

/**
 * A variable; a function's parameters are those that it lists, the rest start at zero.
 *
 * The name is for the reader only: two locals of one name stay two.
 */
export function local<T extends ValueType>(type: T, name: string): Local<T> {
  const immediates: Immediate[] = [];
  const self: Local<T> = {
    space: "local",
    name,
    mnemonic: "local.get",
    opcode: [0x20],
    result: type,
    operands: [],
    immediates,
  };
  immediates.push(reference(self));
  return self;
}

/** Several locals of one type. */
export function locals<T extends ValueType, const N extends readonly string[]>(
  type: T,
  ...names: N
): { readonly [K in keyof N]: Local<T> } {
  return names.map((name) => local(type, name)) as { readonly [K in keyof N]: Local<T> };
}

/** Assigns. */
export function set<T extends ValueType>(target: Local<T>, value: Operand<NoInfer<T>>): Statement {
  const operands = [toExpression(target.result, value)];
  return { mnemonic: "local.set", opcode: [0x21], result: "void", operands, immediates: [reference(target)] };
}

/** Assigns, and leaves the value. */
export function tee<T extends ValueType>(target: Local<T>, value: Operand<NoInfer<T>>): Expression<T> {
  const operands = [toExpression(target.result, value)];
  return {
    mnemonic: "local.tee",
    opcode: [0x22],
    result: target.result,
    operands,
    immediates: [reference(target)],
  };
}
