import type { Depth } from "../record/step-recorder.ts";
import { Toll } from "./toll.ts";

/** What was spent lately counts more: half as much after so many milliseconds of training. */
const memory = 1000;

/** One step in so many is left alone, to compare with: in the beginning, and later an odd number, since two programs often take turns. */
const [often, seldom] = [2, 17];

/**
 * Keeps a watcher to its share of the time: it looks as often as the share allows.
 *
 * Time that goes to looking is a debt that the training pays off, `budget` of each millisecond; nobody looks while there is one. It is what the watcher's
 * own calls take, and what the steps take longer that it looks at.
 */
export class Governor {
  readonly #budget: number;
  readonly #now: () => number;
  readonly #toll = new Toll();
  /** Milliseconds spent looking beyond what was earned. */
  #debt = 0;
  #since: number;
  #looking = 0;
  #steps = 0;
  /** What the latest step took whose layers nobody looked at. */
  #usual = Number.POSITIVE_INFINITY;

  /** @param budget the share of the time of training: 0.05 is five hundredths; infinite: no limit */
  constructor(budget: number, now: () => number = () => performance.now()) {
    this.#budget = budget;
    this.#now = now;
    this.#since = now();
  }

  get limited(): boolean {
    return this.#budget !== Number.POSITIVE_INFINITY;
  }

  /** Whether a look at the next step can be afforded. */
  get affords(): boolean {
    if (!this.limited) return true;
    return this.#debt <= 0 && this.#steps % (this.#toll.isKnown ? seldom : often) !== 0;
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

  /** A step is over, of which so much was taken down, and so are all looks at it. */
  next(depth: Depth): void {
    if (!this.limited) return;
    const now = this.#now();
    const took = now - this.#since - this.#looking;
    const spent = this.#looking + this.#tollOf(took, depth);
    const training = now - this.#since - spent;
    // What was not spent is not saved up: a look now and then must not cost a second at once.
    this.#debt = Math.max(-this.#budget * memory, this.#debt + spent - this.#budget * training);
    this.#since = now;
    this.#looking = 0;
    this.#steps++;
  }

  /** What a step took longer because it was looked at. */
  #tollOf(took: number, depth: Depth): number {
    if (depth === "loss" || depth === "gradients") {
      this.#usual = took;
      return this.#toll.next(took, depth === "gradients");
    }
    this.#toll.skip();
    return Math.max(0, took - this.#usual);
  }
}
