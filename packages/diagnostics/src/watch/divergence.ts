/** Loss and gradient norm of a step. */
export interface Level {
  readonly loss: number;
  readonly gradientNorm: number;
}

/** A factor over the start that no training needs. */
const factor = 1e3;

/** How many steps the start is, and for how many in a row the level must be exceeded. */
const [start, patience] = [8, 4];

/**
 * Says when loss and gradient norm have both left the range of the first steps for good: each beyond a thousand times the largest it was
 * there, four steps in a row. A steady growth that no single step betrays ends here.
 */
export class Divergence {
  readonly #first: Level[] = [];
  /** The largest of the first. */
  #level: Level | null = null;
  #exceeded = 0;

  /** Whether a loss lies within what it was at the start: whatever happened, it cost no more than was learnt. */
  isWithinStart(loss: number): boolean {
    return this.#first.some((level) => loss <= level.loss);
  }

  /** Takes the next step; the largest levels of the start once they are exceeded, else null. */
  next(level: Level): Level | null {
    if (this.#first.length < start) {
      this.#first.push(level);
      return null;
    }
    this.#level ??= {
      loss: Math.max(...this.#first.map((each) => each.loss)),
      gradientNorm: Math.max(...this.#first.map((each) => each.gradientNorm)),
    };
    const { loss, gradientNorm } = this.#level;
    const beyond = loss > 0 && level.loss > factor * loss && level.gradientNorm > factor * gradientNorm;
    this.#exceeded = beyond ? this.#exceeded + 1 : 0;
    return this.#exceeded >= patience ? this.#level : null;
  }
}
