import { context } from "../context.ts";
import { watch } from "../hooks.ts";
import { addInPlace } from "../ops/elementwise/add-in-place.ts";
import type { Node, Tensor } from "../tensor.ts";
import { total } from "./accumulate.ts";

/**
 * The cotangents that have arrived at the nodes that a sweep has yet to visit.
 *
 * From the second addition on a sum is the sweep's own: made here and seen by nobody, it changes in place until its node is visited.
 */
export class Arrivals {
  readonly #pending: ((Tensor | null)[] | null)[];
  readonly #own = new Set<Tensor>();

  /** @param count how many nodes, each marked with its place */
  constructor(count: number) {
    this.#pending = new Array<(Tensor | null)[] | null>(count).fill(null);
  }

  /** @param fresh nobody else holds the cotangent or a view of its storage */
  send(node: Node, index: number, cotangent: Tensor, fresh = false): void {
    const own = this.sumAt(node, index);
    if (own !== null && add(own, cotangent)) return;
    const slots = this.#slotsOf(node);
    const before = slots[index];
    const sum = before === null ? cotangent : total(node, before, cotangent);
    slots[index] = sum;
    if ((fresh || before !== null) && unseen()) this.#own.add(sum);
  }

  /** The sweep's own sum at a place, row-major, to be added to in place; null if it has none there. */
  sumAt(node: Node, index: number): Tensor | null {
    const sum = this.#pending[node.mark]?.[index] ?? null;
    return sum !== null && this.#own.has(sum) && unseen() ? sum : null;
  }

  /** What has arrived at a node, a cotangent for each output, no longer to be changed; null if that is nothing. */
  take(position: number): (Tensor | null)[] | null {
    const cotangents = this.#pending[position];
    this.#pending[position] = null;
    if (this.#own.size > 0) for (const cotangent of cotangents ?? []) this.#own.delete(cotangent as Tensor);
    return cotangents;
  }

  #slotsOf(node: Node): (Tensor | null)[] {
    let slots = this.#pending[node.mark];
    if (slots === null) {
      slots = Array.isArray(node.signature)
        ? new Array<Tensor | null>(node.signature.length).fill(null)
        : [null];
      this.#pending[node.mark] = slots;
    }
    return slots;
  }
}

/** Whether nothing looks at what the sweep computes on the way: no graph of it is recorded, nobody observes its operations. */
const unseen = (): boolean => !context.recording && context.anomaly === null && !watch.by?.operation;

/** Whether it was added in place. */
function add(own: Tensor, cotangent: Tensor): boolean {
  if (context.mapping !== null) return context.mapping.add(own, cotangent);
  addInPlace(own, cotangent);
  return true;
}
