import { medianOf } from "../../statistics.ts";

/** Of so many comparisons the median is taken, each time that there are so many more. */
const [window, every] = [128, 16];

/** Neighbours whose times differ by this factor are not alike: a program was evaluated between them, or another one ran. */
const unlike = 2;

/**
 * What being watched costs a step beyond the watcher's own calls: being told of cotangents, memory that has to be fetched again.
 *
 * It is too little to be timed by itself, and shows where of two steps in a row one was watched and the other was not.
 */
export class Toll {
  /** By how much those that were watched took longer: a ring. */
  readonly #differences: number[] = [];
  #at = 0;
  #before = Number.NaN;
  #wasWatched = false;
  /** For each step that is watched; null as long as too little is known. */
  #milliseconds: number | null = null;
  /** So many were watched before it was known. */
  #unpaid = 0;

  get isKnown(): boolean {
    return this.#milliseconds !== null;
  }

  /**
   * Takes a step.
   *
   * @param took what it took without the watcher's own calls, in milliseconds
   * @returns what is to be charged for it; once that is known, also for those before
   */
  next(took: number, isWatched: boolean): number {
    this.#compare(took, isWatched);
    if (!isWatched) return 0;
    this.#unpaid++;
    if (this.#milliseconds === null) return 0;
    const charge = this.#unpaid * this.#milliseconds;
    this.#unpaid = 0;
    return charge;
  }

  /** What came between was no step like the others: it is compared with none. */
  skip(): void {
    this.#before = Number.NaN;
  }

  #compare(took: number, isWatched: boolean): void {
    const before = this.#before;
    const isPair = isWatched !== this.#wasWatched && took < unlike * before && before < unlike * took;
    this.#before = took;
    this.#wasWatched = isWatched;
    if (!isPair) return;
    this.#differences[this.#at] = isWatched ? took - before : before - took;
    this.#at = (this.#at + 1) % window;
    if (this.#at % every !== 0) return;
    this.#milliseconds = Math.max(0, medianOf(this.#differences));
  }
}
