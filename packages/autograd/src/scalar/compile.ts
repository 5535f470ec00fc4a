import type { Scalar } from "./expression.ts";
import { interpret, interpretLoop } from "./interpret.ts";
import { writeSource } from "./source.ts";

export type ScalarFunction = (...inputs: number[]) => number;

/** Arrays of numbers as a loop sees them: read and written by index. */
export interface Numbers {
  [index: number]: number;
}

/**
 * One loop over `rows` times `count` elements, which go to `out` one behind the other from `outOffset` on.
 *
 * Then come four arguments an operand: its array, the position of its first element, and its steps from row to row and within a row.
 */
export type Loop = (
  out: Numbers,
  outOffset: number,
  rows: number,
  count: number,
  ...operands: (Numbers | number)[]
) => void;

/** The expression as a function of `arity` numbers. */
export function compileFunction(root: Scalar, arity: number): ScalarFunction {
  const inputs = listed(arity, (k) => `x${k}`);
  return (
    build(root, (body, result) => `return (${inputs}) => { ${body} return +${result}; };`) ?? interpret(root)
  );
}

/**
 * The expression as a loop over arrays.
 *
 * Every expression gets a loop of its own: one loop that calls a function it is given turns megamorphic and runs four times slower.
 * Where a content security policy forbids code from strings, an interpreter gives the same values.
 */
export function compileLoop(root: Scalar, arity: number): Loop {
  const operands = range(arity);
  const each = (text: (k: number) => string): string => operands.map(text).join("");
  const line = (index: (k: number) => string, body: string, result: string): string =>
    `for (let i = 0; i < n; i++) { ${each((k) => `const x${k} = a${k}[${index(k)}]; `)}${body} out[o + i] = ${result}; }`;
  const source = (body: string, result: string): string =>
    `return (out, o, m, n${each((k) => `, a${k}, p${k}, r${k}, s${k}`)}) => { for (; m > 0; m--) { if (${each((k) => `s${k} === 1 && `)}true) { ${line((k) => `p${k} + i`, body, result)} } else { ${line((k) => `p${k} + i * s${k}`, body, result)} } o += n;${each((k) => ` p${k} += r${k};`)} } };`;
  return build<Loop>(root, source) ?? interpretLoop(root);
}

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);
const listed = (length: number, item: (k: number) => string): string => range(length).map(item).join(", ");

/** Code from a string around that of the expression, or null where the host forbids it. */
export function build<F>(root: Scalar, wrap: (body: string, result: string) => string): F | null {
  const { body, result, functions, choices } = writeSource(root);
  try {
    const names = functions.map((_, k) => `f${k}`);
    return new Function("choices", ...names, `"use strict"; ${wrap(body, result)}`)(
      new Float64Array(choices),
      ...functions,
    ) as F;
  } catch (error) {
    if (error instanceof EvalError) return null;
    throw error;
  }
}
