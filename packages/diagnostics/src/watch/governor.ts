/** What was spent lately counts more: half as much after so many milliseconds of training. */
const memory = 1000;

/**
 * Keeps a watcher to its share of the time: it looks as often as the share allows.
 *
 * Time spent looking is a debt that the training pays off, `budget` of each millisecond; nobody looks while there is one.
 */
export class Governor {
  readonly #budget: number;
  readonly #now: () => number;
  /** Milliseconds spent looking beyond what was earned. */
  #debt = 0;
  #since: number;
  #looking = 0;

  /** @param budget the share of the time of training: 0.05 is five hundredths; infinite: no limit */
  constructor(budget: number, now: () => number = () => performance.now()) {
    this.#budget = budget;
    this.#now = now;
    this.#since = now();
  }

  get limited(): boolean {
    return this.#budget !== Number.POSITIVE_INFINITY;
  }

  /** Whether a look can be afforded now. */
  get affords(): boolean {
    if (!this.limited) return true;
    this.#earn();
    return this.#debt <= 0;
  }

  /** Runs a look and charges its time. */
  charge<R>(look: () => R): R {
    if (!this.limited) return look();
    const began = this.#now();
    try {
      return look();
    } finally {
      this.#looking += this.#now() - began;
    }
  }

  /** Charges what was too short to be timed. */
  owe(milliseconds: number): void {
    if (this.limited) this.#debt += milliseconds;
  }

  #earn(): void {
    const now = this.#now();
    const training = now - this.#since - this.#looking;
    // What was not spent is not saved up: a look now and then must not cost a second at once.
    this.#debt = Math.max(-this.#budget * memory, this.#debt + this.#looking - this.#budget * training);
    this.#since = now;
    this.#looking = 0;
  }
}
