import type { Node, Tensor } from "./tensor.ts";

let walks = 0;

/**
 * Every node that the given ones depend on, themselves included, latest first; walked by loop. Freed nodes end the walk.
 *
 * @param began the walk goes no further back than to the node of this id
 */
export function nodesBehind(nodes: readonly Node[], began = 0): Node[] {
  // A number on the node tells who was seen: a set of a million nodes costs more than the walk.
  const walk = ++walks;
  const order: Node[] = [];
  const visit = (node: Node): void => {
    if (node.walk === walk || node.id < began) return;
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

/** Every node that a tensor, or one of several, depends on, earliest first. */
export function graphNodes(outputs: Tensor | readonly Tensor[]): Node[] {
  return nodesBehind(listOf(outputs).flatMap(({ node }) => (node === null ? [] : [node]))).reverse();
}

export const listOf = (tensors: Tensor | readonly Tensor[]): readonly Tensor[] =>
  Array.isArray(tensors) ? tensors : [tensors as Tensor];
