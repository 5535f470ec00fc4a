import { instruction, type Operand, toExpression } from "./instruction.ts";
import { type Expression, type Label, reference, type Statement } from "./term.ts";
import type { ValueType } from "./value-type.ts";

const label = (name: string): Label => ({ space: "label", name });

/** Runs `body` once; a branch to its label leaves it. */
export function block(body: (exit: Label) => readonly Statement[]): Statement {
  const exit = label("exit");
  const inner = { label: exit, body: body(exit) };
  return { mnemonic: "block", opcode: [0x02], result: "void", operands: [], immediates: [], block: inner };
}

/** Runs `body` once; a branch to its label starts it again. */
export function loop(body: (again: Label) => readonly Statement[]): Statement {
  const again = label("again");
  const inner = { label: again, body: body(again) };
  return { mnemonic: "loop", opcode: [0x03], result: "void", operands: [], immediates: [], block: inner };
}

/** Runs `body` where the condition is not zero, else `otherwise`. */
export function when(
  condition: Operand<"i32">,
  body: readonly Statement[],
  otherwise?: readonly Statement[],
): Statement {
  const inner = { label: label("end"), body, otherwise };
  const operands = [toExpression("i32", condition)];
  return { mnemonic: "if", opcode: [0x04], result: "void", operands, immediates: [], block: inner };
}

export function branch(target: Label): Statement {
  return { mnemonic: "br", opcode: [0x0c], result: "void", operands: [], immediates: [reference(target)] };
}

export function branchIf(target: Label, condition: Operand<"i32">): Statement {
  const operands = [toExpression("i32", condition)];
  return { mnemonic: "br_if", opcode: [0x0d], result: "void", operands, immediates: [reference(target)] };
}

/** Leaves the function, with its value if it returns one. */
export function leave(value?: Expression): Statement {
  const operands = value === undefined ? [] : [value];
  return { mnemonic: "return", opcode: [0x0f], result: "void", operands, immediates: [] };
}

export const unreachable = /* @__PURE__ */ instruction("unreachable", [0x00], [], "void");

/** Computes and forgets. */
export function drop(value: Expression): Statement {
  return { mnemonic: "drop", opcode: [0x1a], result: "void", operands: [value], immediates: [] };
}

/** Computes both, and leaves `x` where the condition is not zero, else `y`. */
export function select<T extends ValueType>(
  x: Expression<T>,
  y: Expression<NoInfer<T>>,
  condition: Operand<"i32">,
): Expression<T> {
  const operands = [x, y, toExpression("i32", condition)];
  return { mnemonic: "select", opcode: [0x1b], result: x.result, operands, immediates: [] };
}
