import type { Node, Tensor } from "./tensor.ts";

let walks = 0;

/** What lies behind some nodes. */
export interface Behind {
  /** Every node that they depend on, themselves included, latest first. */
  readonly nodes: Node[];
  /** Where the walk ended: at leaves, at freed nodes, and at what is earlier than it was to go. */
  readonly ends: readonly Node[];
}

/**
 * Walks to all that the given nodes depend on, by loop.
 *
 * @param began the walk goes no further back than to the node of this id
 */
export function walkBehind(nodes: readonly Node[], began = 0): Behind {
  // A number on the node tells who was seen: a set of a million nodes costs more than the walk.
  const walk = ++walks;
  const order: Node[] = [];
  const ends: Node[] = [];
  let isSorted = true;
  for (const node of nodes) isSorted = enter(node) && isSorted;
  for (let next = 0; next < order.length; next++) {
    const node = order[next];
    const { arity } = node;
    if (arity === 0) ends.push(node);
    for (let k = 0; k < arity; k++) {
      const source = node.source(k);
      if (source !== null && source.walk !== walk) isSorted = enter(source) && isSorted;
    }
  }
  if (!isSorted) order.sort((a, b) => b.id - a.id);
  return { nodes: order, ends };

  /** Takes a node up, and tells whether it is earlier than that before. */
  function enter(node: Node): boolean {
    if (node.walk === walk) return true;
    node.walk = walk;
    if (node.id < began) return ends.push(node) > 0;
    return order.push(node) === 1 || order[order.length - 2].id > node.id;
  }
}

/** Only the nodes. */
export const nodesBehind = (nodes: readonly Node[], began?: number): Node[] => walkBehind(nodes, began).nodes;

/**
 * Every node that a tensor, or one of several, depends on, earliest first.
 *
 * @example
 * graphNodes(sum(square(parameter([1, 2])))).map(({ label }) => label); // ["leaf", "square", "sum"]
 */
export function graphNodes(outputs: Tensor | readonly Tensor[]): Node[] {
  return nodesBehind(listOf(outputs).flatMap(({ node }) => (node === null ? [] : [node]))).reverse();
}

export const listOf = (tensors: Tensor | readonly Tensor[]): readonly Tensor[] =>
  Array.isArray(tensors) ? tensors : [tensors as Tensor];
