import { judge, meanOf, normalPrediction } from "../statistics.ts";

export interface SequenceOptions {
  /** How many values the prediction rests on; default 32. */
  readonly window?: number;
  /** The chance of a false alarm over the whole run, however long; default 0.001. */
  readonly alpha?: number;
  /** How far a value must lie from the window's mean to matter, in the unit of the values. */
  readonly relevant: number;
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
 * Predicts each value of a sequence from a trailing window and says when two in a row fall out of the prediction.
 *
 * The chance of a false alarm is spent over time, α/(t(t + 1)) at step t: all of them together stay below α. Values that surprise do not
 * enter the window, so that a fault does not become the new normal before it is confirmed. Where single ones surprised before, as a rare kind
 * of batch does, more in a row are asked for: so many that chance would hardly line them up. A straight drift never surprises: it widens its
 * own window, and its next value lies √3 deviations from the middle. -Infinity, the log of nothing, surprises whatever came before.
 */
export class Sequence {
  readonly #window: number;
  readonly #alpha: number;
  readonly #relevant: number;
  readonly #values: number[] = [];
  #step = 0;
  /** Surprises in a row, all on the side of the first. */
  #run: Surprise[] = [];
  /** How many runs came to nothing. */
  #passing = 0;

  constructor({ window = 32, alpha = 0.001, relevant }: SequenceOptions) {
    this.#window = window;
    this.#alpha = alpha;
    this.#relevant = relevant;
  }

  /** Takes the next value; a surprise at the one that confirms it. */
  next(value: number): Surprise | null {
    this.#step++;
    const surprise = this.#compare(value);
    if (surprise?.direction !== this.#run[0]?.direction) {
      if (this.#run.length > 0) this.#passing++;
      this.#run = [];
    }
    if (surprise === null) {
      this.#values.push(value);
      if (this.#values.length > this.#window) this.#values.shift();
      return null;
    }
    this.#run.push(surprise);
    if (this.#run.length < this.#needed()) return null;
    // What is confirmed is known: from here on the sequence is another.
    this.#values.length = 0;
    this.#run = [];
    return surprise;
  }

  /** How many surprises in a row chance does not make: their rate so far to the power of all but the first, over all first ones, below α. */
  #needed(): number {
    if (this.#passing === 0) return 2;
    const rate = (this.#passing + 2) / this.#step; // somewhat more than was seen
    return Math.max(2, 1 + Math.ceil(Math.log(this.#alpha / (this.#passing + 1)) / Math.log(rate)));
  }

  #compare(value: number): Surprise | null {
    const known = this.#values.length >= fewest;
    const mean = known ? meanOf(this.#values) : Number.NaN;
    if (value === Number.NEGATIVE_INFINITY) return { direction: "down", expected: mean, pValue: 0 };
    if (!known || Math.abs(value - mean) < this.#relevant) return null;
    const { pValue } = judge(value, normalPrediction(this.#values));
    const spent = this.#alpha / (this.#step * (this.#step + 1));
    return pValue < spent ? { direction: value > mean ? "up" : "down", expected: mean, pValue } : null;
  }
}
