import { type Operand, term } from "../instruction.ts";
import type { Expression, Immediate, Statement } from "../term.ts";

/** The number of the memory; there is only one. */
const memoryIndex: Immediate = { encode: (out) => void out.push(0), text: () => "" };

/** The size of the memory, in pages of 64 KiB. */
export function size(): Expression<"i32"> {
  return term("memory.size", [0x3f], [], "i32", [], [memoryIndex]);
}

/** Adds pages; leaves the size before, or -1 where that many cannot be had. */
export function grow(pages: Operand<"i32">): Expression<"i32"> {
  return term("memory.grow", [0x40], ["i32"], "i32", [pages], [memoryIndex]);
}

/** Copies bytes; the ranges may overlap. */
export function copy(to: Operand<"i32">, from: Operand<"i32">, byteCount: Operand<"i32">): Statement {
  return term(
    "memory.copy",
    [0xfc, 0x0a],
    ["i32", "i32", "i32"],
    "void",
    [to, from, byteCount],
    [memoryIndex, memoryIndex],
  );
}

/** Sets bytes to the low byte of `value`. */
export function fill(to: Operand<"i32">, value: Operand<"i32">, byteCount: Operand<"i32">): Statement {
  return term(
    "memory.fill",
    [0xfc, 0x0b],
    ["i32", "i32", "i32"],
    "void",
    [to, value, byteCount],
    [memoryIndex],
  );
}
