import { nodesOf, type Scalar } from "./expression.ts";

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
export type Loop = (out: Numbers, outOffset: number, count: number, ...operands: (Numbers | number)[]) => void;

/** The expression as a function of `arity` numbers. */
export function compileFunction(root: Scalar, arity: number): ScalarFunction {
  const inputs = listed(arity, (k) => `x${k}`);
  return build(root, (body, result) => `return (${inputs}) => { ${body} return ${result}; };`) ?? interpret(root);
}

/**
 * The expression as a loop over arrays.
 *
 * Every expression gets a loop of its own: one loop that calls a function it is given turns megamorphic and runs four times slower.
 * Where a content security policy forbids code from strings, an interpreter gives the same values.
 */
export function compileLoop(root: Scalar, arity: number): Loop {
  const parameters = listed(arity, (k) => `a${k}, p${k}, s${k}`);
  const dense = range(arity).map((k) => `s${k} === 1`);
  const element = (index: (k: number) => string, body: string, result: string): string =>
    `for (let i = 0; i < n; i++) { ${range(arity).map((k) => `const x${k} = a${k}[${index(k)}];`).join(" ")} ${body} out[o + i] = ${result}; }`;
  const source = (body: string, result: string): string =>
    `return (out, o, n${arity > 0 ? ", " : ""}${parameters}) => { if (${dense.join(" && ") || "true"}) { ${element((k) => `p${k} + i`, body, result)} } else { ${element((k) => `p${k} + i * s${k}`, body, result)} } };`;
  return build<Loop>(root, source) ?? interpretedLoop(root, arity);
}

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);
const listed = (length: number, item: (k: number) => string): string => range(length).map(item).join(", ");

/** Writes the expression as JavaScript: shared nodes become constants, the others nest, so that a branch not taken is not computed. */
function build<F>(root: Scalar, wrap: (body: string, result: string) => string): F | null {
  const order = nodesOf(root);
  const numbers = valueNumbers(order);
  const uses = new Map<number, number>();
  const counted = new Set<number>();
  for (const node of order) {
    const id = numbers.get(node) as number;
    if (counted.has(id)) continue;
    counted.add(id);
    for (const input of node.inputs) {
      const key = numbers.get(input) as number;
      uses.set(key, (uses.get(key) ?? 0) + 1);
    }
  }
  const texts = new Map<number, string>();
  const statements: string[] = [];
  const callees: ScalarFunction[] = [];
  for (const node of order) {
    const id = numbers.get(node) as number;
    if (texts.has(id)) continue;
    const text = write(node, (input) => texts.get(numbers.get(input) as number) as string, callees);
    if (node.primitive !== null && (uses.get(id) ?? 0) > 1) {
      statements.push(`const t${id} = ${text};`);
      texts.set(id, `t${id}`);
    } else {
      texts.set(id, text);
    }
  }
  try {
    const source = wrap(statements.join(" "), texts.get(numbers.get(root) as number) as string);
    return new Function(...callees.map((_, k) => `f${k}`), `"use strict"; ${source}`)(...callees) as F;
  } catch (error) {
    if (error instanceof EvalError) return null;
    throw error;
  }
}

function write(node: Scalar, text: (input: Scalar) => string, callees: ScalarFunction[]): string {
  if (node.isInput) return `x${node.value}`;
  if (node.primitive === null) return Object.is(node.value, -0) || node.value < 0 ? `(${literal(node.value)})` : literal(node.value);
  const { evaluate, code } = node.primitive;
  const inputs = node.inputs.map(text);
  if (code !== undefined) return code(...inputs);
  let callee = callees.indexOf(evaluate);
  if (callee < 0) callee = callees.push(evaluate) - 1;
  return `f${callee}(${inputs.join(", ")})`;
}

const literal = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

/** The same number for nodes that compute the same thing. */
function valueNumbers(order: readonly Scalar[]): Map<Scalar, number> {
  const numbers = new Map<Scalar, number>();
  const known = new Map<string, number>();
  const primitives: unknown[] = [];
  for (const node of order) {
    if (node.primitive !== null && !primitives.includes(node.primitive)) primitives.push(node.primitive);
    const key =
      node.primitive === null
        ? `${node.isInput ? "x" : "c"}${literal(node.value)}`
        : `${primitives.indexOf(node.primitive)}(${node.inputs.map((input) => numbers.get(input)).join(",")})`;
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    numbers.set(node, number);
  }
  return numbers;
}

/** The value by walking the expression: slow, and needs no code from strings. */
export function interpret(root: Scalar): ScalarFunction {
  const order = nodesOf(root);
  const positions = new Map(order.map((node, position) => [node, position]));
  const operands = order.map((node) => node.inputs.map((input) => positions.get(input) as number));
  const values = new Float64Array(order.length);
  return (...inputs) => {
    for (let i = 0; i < order.length; i++) {
      const node = order[i];
      if (node.isInput) values[i] = inputs[node.value];
      else if (node.primitive === null) values[i] = node.value;
      else values[i] = node.primitive.evaluate(...operands[i].map((position) => values[position]));
    }
    return values[order.length - 1];
  };
}

function interpretedLoop(root: Scalar, arity: number): Loop {
  const evaluate = interpret(root);
  return (out, outOffset, count, ...operands) => {
    const inputs = new Array<number>(arity);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < arity; k++) {
        const [array, position, stride] = operands.slice(3 * k, 3 * k + 3) as [Numbers, number, number];
        inputs[k] = array[position + i * stride];
      }
      out[outOffset + i] = evaluate(...inputs);
    }
  };
}
