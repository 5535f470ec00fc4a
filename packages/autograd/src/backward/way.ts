import type { Node } from "../tensor.ts";

/** One output of a node, such as a tensor that gradients flow to. */
export interface Place {
  readonly node: Node;
  readonly outputIndex: number;
}

/** The id of the first recorded of some nodes: none of them lies behind what is earlier. */
export const earliestOf = (places: readonly Place[]): number =>
  places.reduce((least, { node }) => Math.min(least, node.id), Number.POSITIVE_INFINITY);

const leads = 1;
const arrives = 2;

/** Which of the nodes of a sweep lie on a way to its targets: all, where every leaf is one. */
export class Way {
  readonly #earliest: number;
  /** For each node, by its mark, whether it leads to a target, and whether it is one. */
  readonly #facts: Uint8Array | null;

  /** @param order the nodes of the sweep, latest first: each is marked with its place */
  constructor(order: readonly Node[], targets: readonly Place[] | null) {
    const facts = targets === null ? null : new Uint8Array(order.length);
    const aims = new Set(targets?.map(({ node }) => node));
    this.#earliest = earliestOf(targets ?? []);
    this.#facts = facts;
    for (let position = order.length - 1; position >= 0; position--) {
      const node = order[position];
      node.mark = position;
      if (facts === null) continue;
      if (aims.has(node)) facts[position] = leads | arrives;
      else if (this.leadsBeyond(node)) facts[position] = leads;
    }
  }

  /** What is earlier than all targets leads to none, and has no mark of this sweep. */
  leadsOver(node: Node | null): node is Node {
    if (node === null || this.#facts === null) return node !== null;
    return node.id >= this.#earliest && this.#facts[node.mark] !== 0;
  }

  /** Whether a target lies behind the node. */
  leadsBeyond(node: Node): boolean {
    for (let k = 0; k < node.arity; k++) if (this.leadsOver(node.source(k))) return true;
    return false;
  }

  isTarget(node: Node): boolean {
    return this.#facts !== null && (this.#facts[node.mark] & arrives) !== 0;
  }
}
