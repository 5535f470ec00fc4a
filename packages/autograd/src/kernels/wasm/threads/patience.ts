/** Work is left to the caller so many times at most before workers are tried again. */
const longestRest = 128;

/** Milliseconds that the caller may wait for a piece without suspecting that the worker stands still. */
const longestWait = 0.1;

/**
 * Whether workers are to be asked.
 *
 * Where others use the machine too, a worker may stand still with a piece in hand, while the caller waits. Who finds that does some work alone,
 * and twice as much each time.
 */
export class Patience {
  #rest = 0;
  #nextRest = 1;

  /** Whether some large work is to be shared; each time that it is not shortens the rest. */
  lasts(): boolean {
    if (this.#rest === 0) return true;
    this.#rest--;
    return false;
  }

  /** Takes note of shared work: how many milliseconds the caller worked, and then waited for others. */
  judge(worked: number, waited: number): void {
    if (waited <= worked + longestWait) {
      this.#nextRest = Math.max(1, this.#nextRest / 2);
      return;
    }
    this.#rest = this.#nextRest;
    this.#nextRest = Math.min(2 * this.#nextRest, longestRest);
  }
}
