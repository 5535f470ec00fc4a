import { nodesOf, type Scalar } from "./expression.ts";

/** Half a step from one number of single precision to the next, relative to it. */
const unit = 2 ** -24;

/** The smallest number with all digits. */
const smallest = 2 ** -126;

/** So many roundings are what computing in single precision may cost. */
const roundings = 8;

/**
 * Whether the expression keeps its digits where every step is rounded to single precision: whether what that changes is a few roundings of the
 * result, or of the operands. Differences that cancel and intermediate values that overflow do more.
 *
 * Found by trying: at numbers of every magnitude, special ones and those beside the constants.
 */
export function holdsInSingle(root: Scalar, arity: number): boolean {
  const order = nodesOf(root);
  const constants = order.filter((node) => node.isConstant).flatMap(({ value }) => [value, -value]);
  const values = new Map<Scalar, number>();
  const evaluate = (inputs: readonly number[], round: (x: number) => number): number => {
    for (const node of order) {
      const { primitive, value } = node;
      const x = node.isInput
        ? inputs[value]
        : (primitive?.evaluate(...node.inputs.map((input) => values.get(input) as number)) ?? value);
      values.set(node, round(x));
    }
    return values.get(root) as number;
  };
  const holdsAt = (inputs: readonly number[]): boolean => {
    const exact = evaluate(inputs, (x) => x);
    const single = evaluate(inputs, Math.fround);
    if (Object.is(single, Math.fround(exact))) return true;
    const error = Math.abs(single - exact) - smallest;
    const allowed = roundings * unit * Math.abs(exact);
    if (error <= allowed) return true;
    let moved = 0;
    inputs.forEach((x, k) => {
      const changes = [1 + unit, 1 - unit].map((factor) =>
        Math.abs(evaluate(inputs.with(k, x * factor), (y) => y) - exact),
      );
      moved += Math.min(...changes);
    });
    return error <= allowed + roundings * moved;
  };
  return [...samplesOf(arity, constants)].every(holdsAt);
}

/** Each operand along all magnitudes while the others are moderate, then all of them moderate. */
function* samplesOf(arity: number, constants: readonly number[]): Generator<number[]> {
  for (let position = 0; position < arity; position++) {
    let k = 0;
    for (const x of [...specials, ...magnitudes(-30, 8, 1.5), ...magnitudes(-126, 127, 24.3), ...constants]) {
      yield Array.from({ length: arity }, (_, j) =>
        Math.fround(j === position ? x : 1.7 * Math.sin(7 * k + 2 * j + 1)),
      );
      k++;
    }
  }
  if (arity > 1)
    for (let k = 0; k < 64; k++)
      yield Array.from({ length: arity }, (_, j) => Math.fround(20 * Math.sin(k * (j + 1) + j) ** 3));
}

const largest = 3.4028234663852886e38;
const specials = [0, -0, Infinity, -Infinity, Number.NaN, largest, -largest];

/** Powers of two from one exponent to another, both signs. */
function magnitudes(lowest: number, highest: number, step: number): number[] {
  const powers: number[] = [];
  for (let exponent = lowest; exponent <= highest; exponent += step)
    powers.push(2 ** exponent, -(2 ** exponent));
  return powers;
}
