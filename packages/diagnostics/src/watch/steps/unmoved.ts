import type { TracedLeaf } from "../../trace/trace.ts";

/** Training that changes nothing. */
export interface Untrained {
  readonly kind: "unmoved";
  /** So many sweeps made gradients, and behind none of them a number changed. */
  readonly sweeps: number;
  /** Gradients do not add up from sweep to sweep: somebody clears them. */
  readonly isCleared: boolean;
  /** Of the latest sweep. */
  readonly gradientNorm: number;
}

/** What a sweep showed. */
export interface Attempt {
  readonly leaves: readonly TracedLeaf[];
  readonly gradientNorm: number;
  /** Whether any number that was looked at is another than at the sweep before. */
  readonly hasMoved: boolean;
}

/** So many sweeps without an update are none that wait for one: where gradients are cleared in between, and where they add up. */
const [many, manyAddedUp] = [64, 256];

/**
 * Says whether the parameters are trained at all: gradients come sweep by sweep, and no step changes a number. It takes no chances: what a sample
 * of the numbers suggests is said only if from half the way on none of all has changed.
 */
export class Unmoved {
  #sweeps = 0;
  #isCleared = true;
  #digest: number | null = null;
  #isOver = false;

  next({ leaves, gradientNorm, hasMoved }: Attempt): Untrained | null {
    this.#isOver ||= hasMoved;
    if (this.#isOver || !(gradientNorm > 0)) return null;
    const sweeps = ++this.#sweeps;
    const [{ tensor, gradient }] = leaves;
    this.#isCleared &&= tensor.grad === gradient;
    if (sweeps === many / 2 || sweeps === manyAddedUp / 2) this.#digest = digestOf(leaves);
    if (sweeps !== (this.#isCleared ? many : manyAddedUp)) return null;
    this.#isOver = true;
    const isSame = this.#digest === digestOf(leaves);
    return isSame ? { kind: "unmoved", sweeps, isCleared: this.#isCleared, gradientNorm } : null;
  }
}

/** A number that any change of a bit changes, but one in 2³². @see Fowler, Noll, Vo 1991, FNV-1a */
function digestOf(leaves: readonly TracedLeaf[]): number {
  let digest = 0x811c9dc5;
  for (const { tensor } of leaves) {
    const { buffer, byteOffset, byteLength } = Float64Array.from(tensor.values());
    for (const word of new Uint32Array(buffer, byteOffset, byteLength / 4))
      digest = Math.imul(digest ^ word, 0x01000193);
  }
  return digest;
}
