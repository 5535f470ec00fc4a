import type { Scalar } from "./expression.ts";
import { interpret, interpretLoop } from "./interpret.ts";
import { writeSource } from "./source.ts";

export type ScalarFunction = (...inputs: number[]) => number;

/** Arrays of numbers as a loop sees them: read and written by index. */
export interface Numbers {
  [index: number]: number;
}

/**
 * One loop over `count` elements: `out[outOffset + i]` from one element of each operand.
 *
 * Behind `count` come three arguments an operand: its array, the position of its first element, and its stride.
 */
export type Loop = (
  out: Numbers,
  outOffset: number,
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
  const parameters = range(arity).map((k) => `, a${k}, p${k}, s${k}`);
  const dense = range(arity).map((k) => `s${k} === 1`);
  const loop = (index: (k: number) => string, body: string, result: string): string =>
    `for (let i = 0; i < n; i++) { ${range(arity)
      .map((k) => `const x${k} = a${k}[${index(k)}];`)
      .join(" ")} ${body} out[o + i] = ${result}; }`;
  const source = (body: string, result: string): string =>
    `return (out, o, n${parameters.join("")}) => { if (${dense.join(" && ") || "true"}) { ${loop((k) => `p${k} + i`, body, result)} } else { ${loop((k) => `p${k} + i * s${k}`, body, result)} } };`;
  return build<Loop>(root, source) ?? interpretLoop(root, arity);
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
