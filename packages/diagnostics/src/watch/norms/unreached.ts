import type { Finding } from "../../finding.ts";
import { deviationOf, meanOf } from "../../statistics.ts";
import type { WatchedStep } from "../run-log.ts";
import type { Change } from "./monitor.ts";

/** How many of the first losses, and of those before the gradient went, are compared; and what must be gone of the former for training to be under way. */
const [start, window, underWay] = [8, 32, 0.8];

/** So many of the latest steps may have been without the gradient already. */
const without = 8;

/** For how many steps it is watched what comes of it, and how many standard errors are a rise of the loss. */
const [patience, clearly] = [64, 3];

/** A layer that lost its gradient in a network that goes on learning. */
interface Case {
  readonly finding: Finding;
  readonly place: string;
  readonly before: readonly number[];
  steps: number;
}

/**
 * What a layer's loss of its gradient comes to. A router may send no example to an expert for a while, and no harm is done: where training is under
 * way, and the loss does not rise, it is a warning. Where the loss rises before the layer comes back, it is an alarm after all.
 */
export class Unreached {
  readonly #first: number[] = [];
  readonly #latest: number[] = [];
  #open: Case[] = [];

  /** Takes the next step. @returns what has turned out to do harm */
  next({ loss, places, layerNorms }: WatchedStep): Finding[] {
    if (this.#first.length < start) this.#first.push(loss);
    this.#latest.push(loss);
    if (this.#latest.length > window + without) this.#latest.shift();
    if (this.#open.length === 0) return [];
    for (const each of this.#open) each.steps++;
    this.#open = this.#open.filter(
      ({ place, steps }) => steps <= patience && !(layerNorms[places.indexOf(place)] > 0),
    );
    const harmful = this.#open.filter(({ before, steps }) => steps % window === 0 && this.#isAbove(before));
    this.#open = this.#open.filter((each) => !harmful.includes(each));
    return harmful.map(({ finding }) => finding);
  }

  /** Takes what was found of a layer that lost its gradient. @returns it, as grave as it is so far */
  judge({ place, value }: Change, finding: Finding): Finding {
    const before = this.#latest.slice(0, -without);
    const isUnderWay = before.length >= start && meanOf(before) < underWay * meanOf(this.#first);
    if (place === null || !isUnderWay || this.#isAbove(before)) return finding;
    const isExact = value === Number.NEGATIVE_INFINITY;
    if (isExact) this.#open.push({ finding, place, before, steps: 0 });
    const consequence = `${isExact ? `${place} is not reached by these examples` : finding.consequence}, and the loss is none the higher for it`;
    return { ...finding, severity: "warning", consequence };
  }

  /** Whether the latest losses lie above those before. */
  #isAbove(before: readonly number[]): boolean {
    const now = this.#latest.slice(-without);
    const error = deviationOf(before) * Math.sqrt(1 / without + 1 / before.length);
    return meanOf(now) - meanOf(before) > clearly * error;
  }
}
