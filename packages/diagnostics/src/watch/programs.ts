import type { Contraction } from "../trace/network.ts";
import type { TracedLeaf } from "../trace/trace.ts";

/**
 * Which leaves of a sweep are the weights of which layer, known from a sweep whose layers were looked at.
 *
 * A later sweep with as many leaves and as many numbers in them is taken for the same program: its leaves come in the same order, even where the
 * parameters are new tensors at each step.
 */
export class Programs {
  readonly #places = new Map<string, readonly (string | null)[]>();

  /** Learns from a sweep; the first of a program counts. */
  learn(leaves: readonly TracedLeaf[], contractions: readonly Contraction[]): void {
    const key = keyOf(leaves);
    if (this.#places.has(key)) return;
    const names = namesOf(contractions);
    this.#places.set(
      key,
      leaves.map(({ tensor }) => {
        const user = contractions.find(({ weightSource }) => weightSource === tensor);
        return user === undefined ? null : (names.get(user) ?? null);
      }),
    );
  }

  /** The place of each leaf: null where it is no layer's weights, or the program is not known. */
  placesOf(leaves: readonly TracedLeaf[]): readonly (string | null)[] {
    return this.#places.get(keyOf(leaves)) ?? [];
  }
}

function keyOf(leaves: readonly TracedLeaf[]): string {
  let size = 0;
  for (const { gradient } of leaves) size += gradient.data.length;
  return `${leaves.length} ${size}`;
}

/** A place with several weights, as attention has, numbers them. */
function namesOf(contractions: readonly Contraction[]): Map<Contraction, string> {
  const sources = new Map<string, Set<unknown>>();
  const names = new Map<Contraction, string>();
  for (const contraction of contractions) {
    const { place, weightSource } = contraction;
    const known = sources.get(place) ?? new Set();
    sources.set(place, known.add(weightSource));
    const number = [...known].indexOf(weightSource) + 1;
    names.set(contraction, number === 1 ? place : `${place} (${number})`);
  }
  return names;
}
