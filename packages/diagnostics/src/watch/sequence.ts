import { deviationOf, judge, meanOf } from "../statistics.ts";

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
  readonly expected: number;
  readonly pValue: number;
}

/**
 * Predicts each value of a sequence from a trailing window and says when two in a row fall out of the prediction.
 *
 * The chance of a false alarm is spent over time, α/(t(t + 1)) at step t: all of them together stay below α. Values that surprise do not
 * enter the window, so that a fault does not become the new normal before it is confirmed.
 */
export class Sequence {
  readonly #window: number;
  readonly #alpha: number;
  readonly #relevant: number;
  readonly #values: number[] = [];
  #step = 0;
  #suspicion: Surprise | null = null;

  constructor({ window = 32, alpha = 0.001, relevant }: SequenceOptions) {
    this.#window = window;
    this.#alpha = alpha;
    this.#relevant = relevant;
  }

  /** Takes the next value; a surprise at the second one in a row on the same side. */
  next(value: number): Surprise | null {
    this.#step++;
    const surprise = this.#values.length < this.#window ? null : this.#compare(value);
    if (surprise === null) {
      this.#suspicion = null;
      this.#values.push(value);
      if (this.#values.length > this.#window) this.#values.shift();
      return null;
    }
    const confirmed = this.#suspicion?.direction === surprise.direction;
    this.#suspicion = surprise;
    if (confirmed) this.#values.length = 0;
    return confirmed ? surprise : null;
  }

  #compare(value: number): Surprise | null {
    const [mean, deviation] = [meanOf(this.#values), deviationOf(this.#values)];
    if (Math.abs(value - mean) < this.#relevant) return null;
    const { pValue } = judge(value, { mean, deviation, count: this.#values.length });
    const spent = this.#alpha / (this.#step * (this.#step + 1));
    return pValue < spent ? { direction: value > mean ? "up" : "down", expected: mean, pValue } : null;
  }
}
