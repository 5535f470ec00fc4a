import { nodesOf, type Scalar } from "./expression.ts";

/** Half a step from one number of single precision to the next, relative to it. */
const unit = 2 ** -24;

/** The smallest number with all digits, and the largest power of two. */
const smallest = 2 ** -126;
const largest = 2 ** 127;

/** So many roundings are what computing in single precision may cost, of which a costly function takes a few: up and down by turns. */
const roundings = 16;
const ofCostly = 3;

/**
 * Whether the expression keeps its digits where every step is rounded to single precision: whether what that changes is a few roundings of the
 * result, or of the operands. Differences that cancel and intermediate values that overflow do more.
 *
 * Found by trying: at numbers of every magnitude, special ones and those beside the constants.
 */
export function holdsInSingle(root: Scalar, arity: number): boolean {
  const order = nodesOf(root);
  const evaluate = evaluatorOf(order);
  const asIs = (x: number): number => x;
  const rounded = (x: number, change: number): number => Math.fround(x * (1 + change));
  const holdsAt = (inputs: readonly number[]): boolean => {
    const exact = evaluate(inputs, asIs);
    const single = evaluate(inputs, rounded);
    if (Object.is(single, Math.fround(exact))) return true;
    const error = Math.abs(single - exact) - smallest;
    let allowed = roundings * unit * Math.abs(exact);
    for (let k = 0; k < arity && !(error <= allowed); k++) {
      const [up, down] = [1 + unit, 1 - unit].map((factor) =>
        evaluate(inputs.with(k, inputs[k] * factor), asIs),
      );
      allowed += roundings * Math.min(Math.abs(up - exact), Math.abs(down - exact));
    }
    return error <= allowed;
  };
  const constants = order.filter((node) => node.isConstant).flatMap(({ value }) => [value, -value]);
  for (const inputs of samplesOf(arity, [...everySize, ...constants])) if (!holdsAt(inputs)) return false;
  return true;
}

/** The value of the last of the nodes, each of which has three inputs at most, where what they compute is rounded, or changed before that, so. */
function evaluatorOf(order: readonly Scalar[]) {
  const places = new Map(order.map((node, k) => [node, k]));
  let change = ofCostly * unit;
  const steps = order.map(({ primitive, inputs, isInput, value }) => {
    const [a = 0, b = 0, c = 0] = inputs.map((input) => places.get(input) as number);
    const isCostly = typeof primitive?.vector === "object";
    if (isCostly) change = -change;
    return { evaluate: primitive?.evaluate, a, b, c, isInput, value, change: isCostly ? change : 0 };
  });
  const values = new Array<number>(order.length).fill(0);
  return (inputs: readonly number[], round: (x: number, change: number) => number): number => {
    let last = Number.NaN;
    for (let k = 0; k < steps.length; k++) {
      const { evaluate, a, b, c, isInput, value, change } = steps[k];
      const exact = evaluate?.(values[a], values[b], values[c]) ?? (isInput ? inputs[value] : value);
      last = round(exact, change);
      values[k] = last;
    }
    return last;
  };
}

/** Each operand along the given numbers while the others are moderate, then all of them moderate. */
function* samplesOf(arity: number, numbers: readonly number[]): Generator<number[]> {
  const positions = Array.from({ length: arity }, (_, k) => k);
  for (const position of positions)
    for (let k = 0; k < numbers.length; k++)
      yield positions.map((j) =>
        Math.fround(j === position ? numbers[k] : 1.7 * Math.sin(7 * k + 2 * j + 1)),
      );
  if (arity > 1)
    for (let k = 0; k < 32; k++) yield positions.map((j) => Math.fround(20 * Math.sin(k * (j + 1) + j) ** 3));
}

const everySize = /* @__PURE__ */ numbersOfEverySize();

/** Special ones, and powers of two with both signs: close to each other where functions bend, far from each other elsewhere. */
function numbersOfEverySize(): number[] {
  const numbers = [0, -0, Infinity, -Infinity, Number.NaN, largest, -largest];
  const add = (from: number, to: number, step: number): void => {
    for (let exponent = from; exponent <= to; exponent += step) numbers.push(2 ** exponent, -(2 ** exponent));
  };
  add(-140, -30, 27.3);
  add(-30, -4, 1.9);
  add(-4, 8, 0.45);
  add(9, 127, 19.3);
  return numbers;
}
