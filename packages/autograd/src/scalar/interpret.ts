import { nodesOf, type Scalar } from "./expression.ts";

interface Numbers {
  [index: number]: number;
}

/** The value by walking the expression: slow, and needs no code from strings. */
export function interpret(root: Scalar): (...inputs: number[]) => number {
  const order = nodesOf(root);
  const positions = new Map(order.map((node, position) => [node, position]));
  const operands = order.map((node) => node.inputs.map((input) => positions.get(input) as number));
  const values = new Float64Array(order.length);
  return (...inputs) => {
    for (let i = 0; i < order.length; i++) {
      const node = order[i];
      values[i] = node.isInput
        ? inputs[node.value]
        : (node.primitive?.evaluate(...operands[i].map((position) => values[position])) ?? node.value);
    }
    return values[order.length - 1];
  };
}

/** The loop that `compileLoop` would write, by walking the expression for each element. */
export function interpretLoop(root: Scalar) {
  const evaluate = interpret(root);
  return (
    out: Numbers,
    outOffset: number,
    rows: number,
    count: number,
    ...operands: (Numbers | number)[]
  ): void => {
    for (let i = 0; i < rows * count; i++) {
      const inputs: number[] = [];
      for (let k = 0; k < operands.length; k += 4) {
        const [array, start, rowStep, step] = operands.slice(k, k + 4) as [Numbers, ...number[]];
        inputs.push(array[start + Math.floor(i / count) * rowStep + (i % count) * step]);
      }
      out[outOffset + i] = evaluate(...inputs);
    }
  };
}
