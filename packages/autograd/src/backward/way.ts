import type { Node } from "../tensor.ts";

/** One output of a node. */
export interface Place {
  readonly node: Node;
  readonly index: number;
}

/** The id of the first recorded of some nodes: none of them lies behind what is earlier. */
export const earliestOf = (places: readonly Place[]): number =>
  places.reduce((least, { node }) => Math.min(least, node.id), Number.POSITIVE_INFINITY);

/** Which of the nodes of a sweep lie on a way to its targets. */
export class Way {
  readonly #earliest: number;
  readonly #wanted: boolean[];

  /** @param order the nodes of the sweep, latest first, each marked with its place */
  constructor(order: readonly Node[], targets: readonly Place[]) {
    this.#earliest = earliestOf(targets);
    this.#wanted = new Array<boolean>(order.length).fill(false);
    const aims = new Set(targets.map(({ node }) => node));
    for (let position = order.length - 1; position >= 0; position--) {
      const node = order[position];
      this.#wanted[position] =
        aims.has(node) || node.sources.some((source) => source !== null && this.leadsOver(source));
    }
  }

  /** What is earlier than all targets leads to none, and has no mark of this sweep. */
  leadsOver(node: Node): boolean {
    return node.id >= this.#earliest && this.#wanted[node.mark];
  }
}
