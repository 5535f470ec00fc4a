import { pushUnsigned } from "./leb128.ts";
import type { ValueType } from "./value-type.ts";

/** What a term leaves on the operand stack. */
export type ResultType = ValueType | "void";

/** One byte, or a prefix byte and a number behind it. */
export type Opcode = readonly [code: number] | readonly [prefix: number, code: number];

/**
 * One instruction together with what computes its operands: a tree of plain data.
 *
 * A tree is evaluated where it stands: one that stands in two places is computed twice, unless it is kept in a local.
 */
export interface Term<R extends ResultType = ResultType> {
  readonly mnemonic: string;
  readonly opcode: Opcode;
  readonly result: R;
  readonly operands: readonly Expression[];
  readonly immediates: readonly Immediate[];
  readonly block?: Block;
}

/** A term that leaves one value. */
export type Expression<T extends ValueType = ValueType> = Term<T>;

/** A term that leaves none. */
export type Statement = Term<"void">;

/** The statements inside `block`, `loop` and `if`; a branch to the label leaves a block and repeats a loop. */
export interface Block {
  readonly label: Label;
  readonly body: readonly Statement[];
  readonly otherwise?: readonly Statement[];
}

export interface Label {
  readonly space: "label";
  readonly name: string;
}

/** A variable of a function; as a term, its value. */
export interface Local<T extends ValueType = ValueType> extends Term<T> {
  readonly space: "local";
  readonly name: string;
}

/** A function: `parameters` come first among its locals, `returns` is computed behind the body. */
export interface Func<P extends readonly Local[] = readonly Local[], R extends ResultType = ResultType> {
  readonly space: "function";
  readonly name: string;
  readonly parameters: P;
  readonly result: R;
  readonly body: readonly Statement[];
  readonly returns?: Expression;
}

/** What an instruction can name; each space is numbered apart. */
export type Reference = Label | Local | Func;

/** What stands behind an opcode, for the machine and for the reader. */
export interface Immediate {
  encode(out: number[], indexOf: (reference: Reference) => number): void;
  text(nameOf: (reference: Reference) => string): string;
}

export function reference(target: Reference): Immediate {
  return {
    encode: (out, indexOf) => pushUnsigned(out, indexOf(target)),
    text: (nameOf) => nameOf(target),
  };
}
