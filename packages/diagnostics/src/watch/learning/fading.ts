import { meanOf } from "../../statistics.ts";

/** What one sweep shows. */
export interface Sight {
  readonly loss: number;
  /** The gradient norm of the weights of each layer. */
  readonly layerNorms: readonly number[];
  /** |Δw| of the update since the sweep before; NaN where that was not looked at. */
  readonly length: number;
}

/** A gradient that went, and took no loss with it. */
export interface Faded {
  /** How often the steps so far could have taken the whole loss off, had each gone straight down. */
  readonly reach: number;
  /** The gradient norm lately over that of the first sweeps, and the loss likewise. */
  readonly left: number;
  readonly loss: number;
  readonly pValue: number;
}

/** How many of the first sweeps are compared with how many of the latest. */
const [first, latest] = [16, 32];

/** The part of the gradient norm that is left at most, and of the loss at least. */
const [gone, staying] = [1 / 4, 0.9];

/** A reach below which the steps came to the floor of a loss that has little to teach. */
const far = 2;

/** The chance that of so many sweeps in any order the latest have the smallest norms. */
const chance = 1 / binomial(first + latest, first);

/**
 * Says whether the gradient fades behind long steps though the loss stays. Training uses its gradient up as it brings the loss down, or leaves a
 * plateau where the gradient grows; steps that overshoot to where units saturate lose the gradient and gain nothing.
 *
 * Nothing is assumed of the law of the norms: each of the latest must lie below each of the first.
 */
export class Fading {
  readonly #first: Level[] = [];
  readonly #latest: Level[] = [];
  #norm = Number.NaN;
  #reach = 0;

  next({ loss, layerNorms, length }: Sight): void {
    const reach = (this.#norm * length) / loss;
    if (reach > 0) this.#reach += reach;
    this.#norm = Math.hypot(...layerNorms);
    const isFirst = this.#first.length < first;
    const levels = isFirst ? this.#first : this.#latest;
    levels.push({ loss, norm: this.#norm });
    if (!isFirst && levels.length > latest) levels.shift();
  }

  /** What is to be said now. */
  look(): Faded | null {
    if (this.#latest.length < latest) return null;
    const [loss, left] = (["loss", "norm"] as const).map(
      (key) => meanIn(this.#latest, key) / meanIn(this.#first, key),
    );
    const isBelow = Math.max(...normsOf(this.#latest)) < Math.min(...normsOf(this.#first));
    const reach = this.#reach;
    return isBelow && left < gone && loss > staying && reach > far
      ? { left, loss, reach, pValue: chance }
      : null;
  }
}

interface Level {
  readonly loss: number;
  readonly norm: number;
}

const normsOf = (levels: readonly Level[]): number[] => levels.map(({ norm }) => norm);

const meanIn = (levels: readonly Level[], key: keyof Level): number =>
  meanOf(levels.map((level) => level[key]));

function binomial(all: number, some: number): number {
  let ways = 1;
  for (let k = 1; k <= some; k++) ways *= (all - some + k) / k;
  return ways;
}
