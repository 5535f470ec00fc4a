import { pushUnsigned } from "./leb128.ts";
import type { Func, Label, Local, Reference, Term } from "./term.ts";
import { type ValueType, valueTypeCodes } from "./value-type.ts";
import { walk } from "./walk.ts";

const emptyBlockType = 0x40;
const elseCode = 0x05;
const endCode = 0x0b;

/** The entry of the code section: the locals that are not parameters, then the instructions. */
export function encodeFunction(func: Func, functionIndex: (callee: Func) => number): number[] {
  const locals = new Map<Local, number>(func.parameters.map((parameter, index) => [parameter, index]));
  const declared: ValueType[] = [];
  const labels: Label[] = [];
  const code: number[] = [];

  function indexOf(target: Reference): number {
    if (target.space === "function") return functionIndex(target);
    if (target.space === "label") return labelDepth(target);
    let index = locals.get(target);
    if (index === undefined) {
      index = locals.size;
      locals.set(target, index);
      declared.push(target.result);
    }
    return index;
  }

  /** Labels are counted from the innermost block outwards. */
  function labelDepth(target: Label): number {
    const position = labels.lastIndexOf(target);
    if (position < 0) throw new Error(`${func.name}: branch to "${target.name}" from outside of its block`);
    return labels.length - 1 - position;
  }

  walk(func.returns === undefined ? func.body : [...func.body, func.returns], {
    run(term: Term) {
      code.push(term.opcode[0]);
      if (term.opcode.length === 2) pushUnsigned(code, term.opcode[1]);
      if (term.block !== undefined) {
        code.push(emptyBlockType);
        labels.push(term.block.label);
      }
      for (const immediate of term.immediates) immediate.encode(code, indexOf);
    },
    otherwise: () => void code.push(elseCode),
    close(term: Term) {
      if (term.block === undefined) return;
      labels.pop();
      code.push(endCode);
    },
  });
  return encodeLocals(declared).concat(code, endCode);
}

/** Locals are declared as runs of one type. */
function encodeLocals(types: readonly ValueType[]): number[] {
  const runs: { type: ValueType; count: number }[] = [];
  for (const type of types) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  const out: number[] = [];
  pushUnsigned(out, runs.length);
  for (const { type, count } of runs) {
    pushUnsigned(out, count);
    out.push(valueTypeCodes[type]);
  }
  return out;
}
