import { judge, meanOf, normalPrediction } from "../../statistics.ts";

/** How many values a window has. */
const window = 32;

/** A window whose values lie elsewhere than those of the first. */
export interface Drift {
  readonly direction: "up" | "down";
  /** The means of the first window and of the last. */
  readonly from: number;
  readonly to: number;
  readonly pValue: number;
}

/**
 * Compares each window of a sequence with its first: a slow drift betrays itself at no single step.
 *
 * The first window that counts begins behind as many values: what training does to a network at its very start is no drift.
 */
export class Drifting {
  readonly #relevant: number;
  #first: readonly number[] | null = null;
  #values: number[] = [];
  #count = 0;

  /** @param relevant how far the means must lie apart to matter, in the unit of the values */
  constructor(relevant: number) {
    this.#relevant = relevant;
  }

  /** Takes the next value; what a full window says, against the first. */
  next(value: number): Drift | null {
    if (!Number.isFinite(value)) return null;
    this.#values.push(value);
    if (this.#values.length < window) return null;
    const values = this.#values;
    this.#values = [];
    if (++this.#count === 1) return null;
    if (this.#first === null) {
      this.#first = values;
      return null;
    }
    const [from, to] = [meanOf(this.#first), meanOf(values)];
    // All of the window, not its mean alone: what swings has not drifted.
    const nearest = Math.min(...values.map((each) => Math.sign(to - from) * (each - from)));
    if (nearest < this.#relevant) return null;
    const { pValue } = judge(to, normalPrediction(this.#first));
    return { direction: to > from ? "up" : "down", from, to, pValue };
  }
}
