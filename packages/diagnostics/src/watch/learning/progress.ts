import { deviationOf, meanOf } from "../../statistics.ts";

/** The loss lately as a part of that at the beginning, above which it stays; and of how many sweeps each is the mean. */
const [staying, window] = [0.6, 32];

/** How many standard errors, and which part of itself, the loss must have come down by from window to window to be on its way, slow as it may be. */
const [clearly, noticeably] = [2, 2e-3];

/** How the loss has come down so far. */
export class Progress {
  readonly #first: number[] = [];
  readonly #latest: number[] = [];

  next(loss: number): void {
    if (this.#first.length < window) this.#first.push(loss);
    this.#latest.push(loss);
    if (this.#latest.length > 2 * window) this.#latest.shift();
  }

  /** The loss lately as a part of that at the beginning. */
  get left(): number {
    return meanOf(this.#latest) / meanOf(this.#first);
  }

  /** Whether it is about where it was, and comes down no more. */
  get isNone(): boolean {
    return this.left > staying && !this.#isFalling();
  }

  #isFalling(): boolean {
    const [before, now] = [this.#latest.slice(0, -window), this.#latest.slice(-window)];
    const error = Math.hypot(deviationOf(before), deviationOf(now)) / Math.sqrt(window);
    return meanOf(before) - meanOf(now) > Math.max(clearly * error, noticeably * meanOf(before));
  }
}
