import { deviationOf, meanOf, medianOf } from "../../statistics.ts";

/** What one sweep shows of the length of the steps. */
export interface Stride {
  readonly sweep: number;
  /** How far the weights moved since the sweep before, as a share of their norm; NaN where that was not looked at. */
  readonly moved: number;
  readonly loss: number;
  /** √(fanIn · mean square) of the weights: about 1 to 2 where gradients are kept. */
  readonly gain: number;
}

/** Steps that are too long: one that put other weights in the place of all, or a loss that is above its start behind long ones. */
export interface Leapt {
  readonly kind: "thrown" | "lost";
  /** The longest step, or what steps are lately, as a share of the norm of the weights. */
  readonly moved: number;
  /** The sweep behind which it was; null where all steps are long. */
  readonly sweep: number | null;
  readonly gain: number;
  /** The loss before the steps became long and lately. */
  readonly before: number;
  readonly lately: number;
}

/** Weights of so large a gain carry no signal. */
export const gainless = 2;

/** A step of so many times the norm of the weights leaves nothing of them. */
const replaced = 1.5;

/**
 * Weights that so soon behind their longest step have so large a gain, and so many times that which they began with, are as good as thrown away: unless
 * the latest losses, so many of them, are below this part of what they were, for then they grew to some purpose.
 */
const [soon, outgrown, latest, purposeful] = [64, 3, 8, 0.8];

/** A step of so much of the norm of the weights is a leap; and that much at every second step is no descent. */
const [leap, restless] = [0.5, 0.02];

/** A step of so much is one that the loss may have changed by. */
const notable = 0.125;

/** How many losses are compared, how many before are remembered, and when it begins. */
const [window, start, firstLook] = [32, 16, 64];

/** How many deviations of the latest losses the first ones must lie below them. */
const clearly = 2;

/**
 * Says whether the steps are too large: the weights leap, and the loss is above what it was before they did.
 *
 * Large steps alone are no fault: small weights grow by more than their norm where a step takes them to where they should be.
 */
export class Leap {
  /** Logs of losses before the first notable step. */
  readonly #before: number[] = [];
  #isBefore = true;
  readonly #losses: number[] = [];
  readonly #steps: number[] = [];
  #firstGain = Number.NaN;
  #isOutgrown = false;
  #longest: { readonly moved: number; readonly sweep: number } = { moved: 0, sweep: -1 };

  /** The longest step so far. */
  get longest(): { readonly moved: number; readonly sweep: number } {
    return this.#longest;
  }

  next({ sweep, moved, loss, gain }: Stride): Leapt | null {
    if (moved > this.#longest.moved) this.#longest = { moved, sweep: sweep - 1 };
    if (moved > notable || this.#before.length === start) this.#isBefore = false;
    if (this.#isBefore) this.#before.push(Math.log(loss));
    push(this.#losses, loss);
    if (!Number.isNaN(moved)) push(this.#steps, moved);
    if (Number.isNaN(this.#firstGain)) this.#firstGain = gain;
    const thrown = this.#thrownBy(moved, sweep, gain);
    if (thrown !== null) return { kind: "thrown", ...thrown, gain, before: this.#level, lately: loss };
    if (sweep < firstLook || sweep % window !== 0 || !this.#isLost()) return null;
    return { kind: "lost", ...this.#how(), gain, before: this.#level, lately: meanOf(this.#losses) };
  }

  /** The loss before the first notable step. */
  get #level(): number {
    return Math.exp(meanOf(this.#before));
  }

  /** The step that left nothing of the weights, by itself or with those behind it; told of the latter once. */
  #thrownBy(moved: number, sweep: number, gain: number): Pick<Leapt, "moved" | "sweep"> | null {
    if (!(gain > gainless && Number.isFinite(gain))) return null;
    if (moved > replaced && Number.isFinite(moved)) return { moved, sweep: sweep - 1 };
    const longest = this.#longest;
    const isBehind = longest.moved > notable && sweep - longest.sweep <= soon;
    if (!isBehind || this.#isOutgrown || gain < outgrown * Math.max(1, this.#firstGain)) return null;
    if (!(meanOf(this.#losses.slice(-latest)) > purposeful * this.#level)) return null;
    this.#isOutgrown = true;
    return longest;
  }

  /** Whether the steps are long, and the loss above what it was before. */
  #isLost(): boolean {
    if (this.#longest.moved < leap && medianOf(this.#steps) < restless) return false;
    const logs = this.#losses.map(Math.log);
    const [before, now] = [meanOf(this.#before), meanOf(logs)];
    const spread = deviationOf(logs) * Math.sqrt(1 + 1 / this.#before.length);
    return now - before > clearly * spread;
  }

  #how(): Pick<Leapt, "moved" | "sweep"> {
    const usual = medianOf(this.#steps);
    return usual < restless ? this.#longest : { moved: usual, sweep: null };
  }
}

function push(ring: number[], value: number): void {
  ring.push(value);
  if (ring.length > window) ring.shift();
}
