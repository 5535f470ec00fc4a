import type { Node } from "../tensor.ts";

/** One output of a node. */
export interface Place {
  readonly node: Node;
  readonly index: number;
}

/** The id of the first recorded of some nodes: none of them lies behind what is earlier. */
export const earliestOf = (places: readonly Place[]): number =>
  places.reduce((least, { node }) => Math.min(least, node.id), Number.POSITIVE_INFINITY);

const leads = 1;
const arrives = 2;

/** Which of the nodes of a sweep lie on a way to its targets. */
export class Way {
  readonly #earliest: number;
  /** For each node, by its mark, whether it leads to a target, and whether it is one. */
  readonly #facts: Uint8Array;

  /** @param order the nodes of the sweep, latest first, each marked with its place */
  constructor(order: readonly Node[], targets: readonly Place[]) {
    this.#earliest = earliestOf(targets);
    const facts = new Uint8Array(order.length);
    this.#facts = facts;
    // The mark of a target that the roots do not depend on is not of this sweep.
    for (const { node } of targets) if (order[node.mark] === node) facts[node.mark] = leads | arrives;
    const leadsOver = (node: Node): boolean => this.leadsOver(node);
    for (let position = order.length - 1; position >= 0; position--)
      if (facts[position] === 0 && order[position].hasSource(leadsOver)) facts[position] = leads;
  }

  /** What is earlier than all targets leads to none, and has no mark of this sweep. */
  leadsOver(node: Node): boolean {
    return node.id >= this.#earliest && this.#facts[node.mark] !== 0;
  }

  isTarget(node: Node): boolean {
    return (this.#facts[node.mark] & arrives) !== 0;
  }
}
