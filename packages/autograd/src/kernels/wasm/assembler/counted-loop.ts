import { block, branchIf, loop } from "./control.ts";
import type { Operand } from "./instruction.ts";
import { add, geS, ltS } from "./instructions/i32.ts";
import { set } from "./local.ts";
import type { Local, Statement } from "./term.ts";

/**
 * `for (index = start; index < end; index += step) body`, with signed comparisons.
 *
 * `end` and `step` are evaluated on every turn: hold what is costly in a local.
 */
export function countedLoop(
  index: Local<"i32">,
  start: Operand<"i32">,
  end: Operand<"i32">,
  step: Operand<"i32">,
  body: readonly Statement[],
): Statement {
  return block((exit) => [
    set(index, start),
    branchIf(exit, geS(index, end)),
    loop((again) => [...body, set(index, add(index, step)), branchIf(again, ltS(index, end))]),
  ]);
}
