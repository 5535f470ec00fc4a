import { select } from "./control.ts";
import type { Operand } from "./instruction.ts";
import { toExpression } from "./instruction.ts";
import { add, divU, ltS, mul } from "./instructions/i32.ts";
import type { Expression } from "./term.ts";

/** The smaller of two signed numbers; each is computed twice, so hold what is costly in a local. */
export function minimum(x: Operand<"i32">, y: Operand<"i32">): Expression<"i32"> {
  return select(toExpression("i32", x), toExpression("i32", y), ltS(x, y));
}

/** The next multiple of `unit` that is not below `x`. */
export function roundUp(x: Operand<"i32">, unit: number): Expression<"i32"> {
  return mul(divU(add(x, unit - 1), unit), unit);
}
