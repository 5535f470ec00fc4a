import { gainless } from "./leap.ts";

/** Loss and gradient norm of a step. */
export interface Level {
  readonly loss: number;
  readonly gradientNorm: number;
}

/** What a step went beyond: the largest levels of the start; and whether the loss fell without end. */
export interface Diverged {
  readonly start: Level;
  readonly isBelow: boolean;
}

/** A factor over the start that no training needs. */
const factor = 1e3;

/** How many steps the start is, and for how many in a row the level must be exceeded. */
const [start, patience] = [8, 4];

/**
 * Says when loss and gradient norm have both left the range of the first steps for good: each beyond a thousand times the largest it was
 * there, four steps in a row. A steady growth that no single step betrays ends here. A loss may also go so far below zero, where it has no bound
 * and weights grow without end: a likelihood's may be large too, and its weights carry signals.
 */
export class Divergence {
  readonly #first: Level[] = [];
  /** The largest of the first. */
  #level: Level | null = null;
  /** The furthest from zero of the first losses. */
  #magnitude = Number.NaN;
  #exceeded = 0;

  /** Whether a loss lies within what it was at the start: whatever happened, it cost no more than was learnt. */
  isWithinStart(loss: number): boolean {
    return this.#first.some((level) => loss <= level.loss);
  }

  /** Takes the next step. @param gain of the weights, √(fanIn · mean square); NaN where it is not known */
  next(level: Level, gain: number): Diverged | null {
    if (this.#first.length < start) {
      this.#first.push(level);
      return null;
    }
    this.#level ??= this.#begin();
    const { loss, gradientNorm } = this.#level;
    const isSteep = level.gradientNorm > factor * gradientNorm;
    const isAbove = loss > 0 && level.loss > factor * loss;
    const isBelow = this.#magnitude > 0 && level.loss < -factor * this.#magnitude && gain > gainless;
    this.#exceeded = isSteep && (isAbove || isBelow) ? this.#exceeded + 1 : 0;
    return this.#exceeded >= patience ? { start: this.#level, isBelow } : null;
  }

  #begin(): Level {
    this.#magnitude = Math.max(...this.#first.map(({ loss }) => Math.abs(loss)));
    return {
      loss: Math.max(...this.#first.map(({ loss }) => loss)),
      gradientNorm: Math.max(...this.#first.map(({ gradientNorm }) => gradientNorm)),
    };
  }
}
