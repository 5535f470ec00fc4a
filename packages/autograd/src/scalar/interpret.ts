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
      if (node.isInput) values[i] = inputs[node.value];
      else if (node.primitive === null) values[i] = node.value;
      else values[i] = node.primitive.evaluate(...operands[i].map((position) => values[position]));
    }
    return values[order.length - 1];
  };
}

/** The loop that `compileLoop` would write, by walking the expression for each element. */
export function interpretLoop(root: Scalar, arity: number) {
  const evaluate = interpret(root);
  return (
    out: Numbers,
    outOffset: number,
    rows: number,
    count: number,
    ...operands: (Numbers | number)[]
  ): void => {
    const inputs = new Array<number>(arity);
    for (let i = 0; i < rows * count; i++) {
      const row = Math.floor(i / count);
      for (let k = 0; k < arity; k++) {
        const [array, start, rowStep, step] = operands.slice(4 * k, 4 * k + 4) as [Numbers, ...number[]];
        inputs[k] = array[start + row * rowStep + (i % count) * step];
      }
      out[outOffset + i] = evaluate(...inputs);
    }
  };
}
