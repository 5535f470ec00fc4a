import { judge, normalPrediction } from "../../statistics.ts";

export interface SequenceOptions {
  /** How many values the prediction rests on; default 32. */
  readonly window?: number;
  /** How far a value must lie from the window's mean to matter, in the unit of the values. */
  readonly relevant: number;
  /** How many in a row must surprise; default 2. */
  readonly needed?: number;
}

/** A value that the ones before it do not explain. */
export interface Surprise {
  readonly direction: "up" | "down";
  /** The mean of the window; NaN where there were too few values yet. */
  readonly expected: number;
  readonly pValue: number;
}

/** A window with fewer values predicts nothing yet. */
const fewest = 16;

/**
 * Predicts each value of a sequence from a trailing window and says when several in a row fall out of the prediction.
 *
 * Values that surprise do not enter the window, so that a fault does not become the new normal before it is confirmed. Where single ones surprised
 * before, as a rare kind of batch does, more in a row are asked for: so many that chance would hardly line them up. A straight drift never
 * surprises: it widens its own window, and its next value lies √3 deviations from the middle. -Infinity, the log of nothing, surprises whatever
 * came before.
 */
export class Sequence {
  readonly #window: number;
  readonly #relevant: number;
  readonly #needed: number;
  /** A ring, with the sum of what it holds. */
  readonly #values: number[] = [];
  #at = 0;
  #sum = 0;
  #step = 0;
  /** Surprises in a row, all on the side of the first. */
  #run: Surprise[] = [];
  /** How many runs came to nothing. */
  #passing = 0;

  constructor({ window = 32, relevant, needed = 2 }: SequenceOptions) {
    this.#window = window;
    this.#relevant = relevant;
    this.#needed = needed;
  }

  /** How far the next value would surprise; null where it lies too near to matter, or too little is known. */
  compare(value: number): Surprise | null {
    const known = this.#values.length >= fewest;
    const expected = known ? this.#sum / this.#values.length : Number.NaN;
    if (value === Number.NEGATIVE_INFINITY) return { direction: "down", expected, pValue: 0 };
    if (!known || Math.abs(value - expected) < this.#relevant) return null;
    const { pValue } = judge(value, normalPrediction(this.#values));
    return { direction: value > expected ? "up" : "down", expected, pValue };
  }

  /**
   * Takes the next value.
   *
   * @param surprise what `compare` said of it, if it is to count as one; null: as any other
   * @param alpha    the chance of a false alarm, for the length of a run
   * @returns the surprise that confirms those before it
   */
  take(value: number, surprise: Surprise | null, alpha: number): Surprise | null {
    this.#step++;
    if (surprise?.direction !== this.#run[0]?.direction) {
      if (this.#run.length > 0) this.#passing++;
      this.#run = [];
    }
    if (surprise === null) {
      this.#remember(value);
      return null;
    }
    this.#run.push(surprise);
    if (this.#run.length < this.#neededNow(alpha)) return null;
    // What is confirmed is known: from here on the sequence is another.
    this.#values.length = 0;
    this.#at = 0;
    this.#sum = 0;
    this.#run = [];
    return surprise;
  }

  #remember(value: number): void {
    const values = this.#values;
    if (values.length < this.#window) {
      values.push(value);
      this.#sum += value;
      return;
    }
    this.#sum += value - values[this.#at];
    values[this.#at] = value;
    this.#at++;
    if (this.#at < this.#window) return;
    this.#at = 0;
    this.#sum = values.reduce((sum, each) => sum + each, 0); // what rounding has left over ends here
  }

  /** How many surprises in a row chance does not make: their rate so far to the power of all but the first, over all first ones, below α. */
  #neededNow(alpha: number): number {
    const needed = this.#needed;
    if (this.#passing === 0) return needed;
    const rate = (this.#passing + 2) / this.#step; // somewhat more than was seen
    return Math.max(needed, 1 + Math.ceil(Math.log(alpha / (this.#passing + 1)) / Math.log(rate)));
  }
}
