import { where } from "./choice.ts";
import { nodesOf, type Primitive, type Scalar } from "./expression.ts";

/** An expression as JavaScript over `x0`, `x1`, …, the functions `f0`, `f1`, … and the array `choices`. */
export interface Source {
  /** Statements to run before the result can be read. */
  readonly body: string;
  readonly result: string;
  readonly functions: readonly Primitive["evaluate"][];
  /** How long `choices` must be. */
  readonly choices: number;
}

/**
 * Writes an expression as JavaScript: what is used more than once becomes a constant, the rest nests.
 *
 * A choice between cheap values is made by index, `choices[+(condition)]`: the sign of real data is a coin toss, and a branch that the
 * processor predicts wrongly costs five times as much as storing both. A choice whose values call functions stays a branch, so that the one
 * not taken is not computed.
 */
export function writeSource(root: Scalar): Source {
  const order = nodesOf(root);
  const numbers = valueNumbers(order);
  const uses = countUses(order, numbers);
  const texts = new Map<number, string>();
  const costly = new Set<number>();
  const statements: string[] = [];
  const functions: Primitive["evaluate"][] = [];
  let choices = 0;
  const numberOf = (node: Scalar): number => numbers.get(node) as number;
  for (const node of order) {
    const id = numberOf(node);
    if (texts.has(id)) continue;
    const inputs = node.inputs.map((input) => texts.get(numberOf(input)) as string);
    if (node.primitive === null) {
      texts.set(id, node.isInput ? `x${node.value}` : literal(node.value));
      continue;
    }
    if (node.inputs.some((input) => costly.has(numberOf(input))) || node.primitive.code === undefined)
      costly.add(id);
    let text = callOf(node.primitive, inputs, functions);
    if (node.primitive === where && !costly.has(id)) {
      const [condition, a, b] = inputs;
      const index = node.inputs[0].primitive?.logical ? `+${condition}` : `+!!${condition}`;
      if (a === "1" && b === "0") {
        text = `(${index})`;
      } else if (a === "0" && b === "1") {
        text = `(+!${condition})`;
      } else {
        statements.push(
          `choices[${choices}] = ${b}; choices[${choices + 1}] = ${a};`,
          `const t${id} = choices[${choices} + (${index})];`,
        );
        texts.set(id, `t${id}`);
        choices += 2;
        continue;
      }
    }
    const shared = (uses.get(id) ?? 0) > 1;
    if (shared) statements.push(`const t${id} = ${text};`);
    texts.set(id, shared ? `t${id}` : text);
  }
  return { body: statements.join(" "), result: texts.get(numberOf(root)) as string, functions, choices };
}

function callOf(
  { evaluate, code }: Primitive,
  inputs: readonly string[],
  functions: Primitive["evaluate"][],
): string {
  if (code !== undefined) return code(...inputs);
  let position = functions.indexOf(evaluate);
  if (position < 0) position = functions.push(evaluate) - 1;
  return `f${position}(${inputs.join(", ")})`;
}

const literal = (value: number): string => {
  const digits = Object.is(value, -0) ? "-0" : String(value);
  return digits.startsWith("-") ? `(${digits})` : digits;
};

/** The same number for nodes that compute the same thing. */
function valueNumbers(order: readonly Scalar[]): Map<Scalar, number> {
  const numbers = new Map<Scalar, number>();
  const known = new Map<string, number>();
  const primitives = new Map<Primitive, number>();
  for (const node of order) {
    const { primitive, value } = node;
    if (primitive !== null && !primitives.has(primitive)) primitives.set(primitive, primitives.size);
    const operands = node.inputs.map((input) => numbers.get(input)).join(",");
    const key =
      primitive === null
        ? `${node.isInput ? "x" : "c"}${literal(value)}`
        : `${primitives.get(primitive)}(${operands})`;
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    numbers.set(node, number);
  }
  return numbers;
}

/** How often each value is read, by its number. */
function countUses(order: readonly Scalar[], numbers: ReadonlyMap<Scalar, number>): Map<number, number> {
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
  return uses;
}
