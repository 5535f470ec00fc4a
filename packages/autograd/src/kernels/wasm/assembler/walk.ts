import type { Term } from "./term.ts";

/** What happens on the way through a function's body, in the order of execution. */
export interface Visitor {
  /** Before the operands. */
  open?(term: Term): void;
  /** After the operands: where a stack machine runs the instruction, and a block begins. */
  run?(term: Term): void;
  /** Between the two branches of an `if`. */
  otherwise?(term: Term): void;
  /** At the end, behind a block's statements. */
  close?(term: Term): void;
}

type Step = keyof Visitor;

/** Visits every term below the roots; by a loop, for a generated expression may be deep. */
export function walk(roots: readonly Term[], visitor: Visitor): void {
  const terms: Term[] = [];
  const steps: Step[] = [];
  const later = (term: Term, step: Step) => {
    terms.push(term);
    steps.push(step);
  };
  const openLater = (list: readonly Term[]) => {
    for (let k = list.length - 1; k >= 0; k--) later(list[k], "open");
  };
  openLater(roots);
  for (let term = terms.pop(); term !== undefined; term = terms.pop()) {
    const step = steps.pop() as Step;
    visitor[step]?.(term);
    if (step !== "open") continue;
    later(term, "close");
    if (term.block?.otherwise !== undefined) {
      openLater(term.block.otherwise);
      later(term, "otherwise");
    }
    if (term.block !== undefined) openLater(term.block.body);
    later(term, "run");
    openLater(term.operands);
  }
}
