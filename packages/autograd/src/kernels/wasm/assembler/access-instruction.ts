import { type Operand, term } from "./instruction.ts";
import { pushUnsigned } from "./leb128.ts";
import type { Expression, Immediate, Opcode, Statement } from "./term.ts";
import type { ValueType } from "./value-type.ts";

/** The width of an access, as a hint of its alignment, and a constant added to its address. */
export function accessImmediate(width: number, offset: number): Immediate {
  return {
    encode(out) {
      out.push(Math.log2(width));
      pushUnsigned(out, offset);
    },
    text: () => (offset === 0 ? "" : `offset=${offset}`),
  };
}

/** Reads `width` bytes at `address + offset`. */
// @__NO_SIDE_EFFECTS__
export function loadInstruction<T extends ValueType>(
  mnemonic: string,
  opcode: Opcode,
  width: number,
  type: T,
): (address: Operand<"i32">, offset?: number) => Expression<T> {
  return (address, offset = 0) =>
    term(mnemonic, opcode, ["i32"], type, [address], [accessImmediate(width, offset)]);
}

/** Writes `width` bytes at `address + offset`. */
// @__NO_SIDE_EFFECTS__
export function storeInstruction<T extends ValueType>(
  mnemonic: string,
  opcode: Opcode,
  width: number,
  type: T,
): (address: Operand<"i32">, value: Operand<T>, offset?: number) => Statement {
  return (address, value, offset = 0) =>
    term(mnemonic, opcode, ["i32", type], "void", [address, value] as never, [
      accessImmediate(width, offset),
    ]);
}
