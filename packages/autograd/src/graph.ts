import { sizeOf } from "./shape.ts";
import type { Node, Signature, Tensor } from "./tensor.ts";

let walks = 0;

/** Every node that the given ones depend on, themselves included, latest first; walked by loop. Freed nodes end the walk. */
export function nodesBehind(nodes: readonly Node[]): Node[] {
  // A number on the node tells who was seen: a set of a million nodes costs more than the walk.
  const walk = ++walks;
  const order: Node[] = [];
  const visit = (node: Node): void => {
    if (node.walk === walk) return;
    node.walk = walk;
    order.push(node);
  };
  for (const node of nodes) visit(node);
  for (let next = 0; next < order.length; next++) {
    const { sources } = order[next];
    for (let k = 0; k < sources.length; k++) {
      const source = sources[k];
      if (source !== null) visit(source);
    }
  }
  return order.sort((a, b) => b.id - a.id);
}

/** Every node that `output` depends on, earliest first. */
export function graphNodes(output: Tensor): Node[] {
  return output.node === null ? [] : nodesBehind([output.node]).reverse();
}

const describe = ({ shape, dtype }: Signature): string => `${dtype}[${shape.join(", ")}]`;

/**
 * The graph behind `output` as text: a line a node, earliest first, with its inputs by number.
 *
 * @example
 * printGraph(loss);
 * // 0  leaf f32[3]
 * // 1  square(0) f32[3]
 * // 2  sum(1) f32[1]
 */
export function printGraph(output: Tensor): string {
  const nodes = graphNodes(output);
  const numbers = new Map(nodes.map((node, number) => [node, number]));
  const lines = nodes.map((node, number) => {
    const operands = node.sources.map((source) => (source === null ? "·" : numbers.get(source))).join(", ");
    const call = node.op === null ? "leaf" : `${node.op.name}(${operands})`;
    const place = node.scope === "" ? "" : ` in ${node.scope}`;
    return `${number}  ${call} ${node.outputSignatures.map(describe).join(", ")}${place}`;
  });
  return lines.join("\n");
}

/** How many nodes the graph behind `output` has, and how many bytes their outputs take. */
export function measureGraph(output: Tensor): { readonly nodes: number; readonly bytes: number } {
  const width = { bool: 1, i32: 4, f32: 4, f64: 8 } as const;
  const nodes = graphNodes(output);
  let bytes = 0;
  for (const node of nodes)
    for (const { shape, dtype } of node.outputSignatures) bytes += sizeOf(shape) * width[dtype];
  return { nodes: nodes.length, bytes };
}
