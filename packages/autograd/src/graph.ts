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
  for (const node of nodes) {
    if (node.walk === walk || node.id < began) continue;
    node.walk = walk;
    order.push(node);
  }
  for (let next = 0; next < order.length; next++) {
    const node = order[next];
    for (let k = 0; k < node.arity; k++) {
      const source = node.source(k);
      if (source === null || source.walk === walk || source.id < began) continue;
      source.walk = walk;
      order.push(source);
    }
  }
  // A chain comes in order by itself.
  for (let k = 1; k < order.length; k++)
    if (order[k - 1].id < order[k].id) return order.sort((a, b) => b.id - a.id);
  return order;
}

/** Every node that a tensor, or one of several, depends on, earliest first. */
export function graphNodes(outputs: Tensor | readonly Tensor[]): Node[] {
  return nodesBehind(listOf(outputs).flatMap(({ node }) => (node === null ? [] : [node]))).reverse();
}

export const listOf = (tensors: Tensor | readonly Tensor[]): readonly Tensor[] =>
  Array.isArray(tensors) ? tensors : [tensors as Tensor];
