import type { Contraction } from "../../trace/network.ts";
import type { TracedLeaf } from "../../trace/trace.ts";

/** Which leaves of a sweep are the weights of which layer. */
export interface Program {
  /** The layers, the last first. */
  readonly places: readonly string[];
  /** Where their weights stand among the leaves. */
  readonly positions: readonly number[];
}

/**
 * The programs whose layers were looked at.
 *
 * A later sweep with as many leaves and as many numbers in them is taken for the same program: its leaves come in the same order, even where the
 * parameters are new tensors at each step.
 */
export class Programs {
  readonly #programs = new Map<number, Program>();

  /** Learns from a sweep, told by its key; the first of a program counts. */
  learn(key: number, leaves: readonly TracedLeaf[], contractions: readonly Contraction[]): void {
    if (this.#programs.has(key)) return;
    const names = namesOf(contractions);
    const places: string[] = [];
    const positions: number[] = [];
    leaves.forEach(({ tensor }, position) => {
      const user = contractions.find(({ weightSource }) => weightSource === tensor);
      if (user === undefined) return;
      places.push(names.get(user) ?? user.place);
      positions.push(position);
    });
    this.#programs.set(key, { places, positions });
  }

  /** No layers where the program is not known. */
  of(key: number): Program {
    return this.#programs.get(key) ?? unknown;
  }
}

const unknown: Program = { places: [], positions: [] };

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
