import { ArgumentError } from "@isograd/autograd";
import type { AnyModule } from "../module/module.ts";
import { checkCount, checkNotNegative } from "../optimizers/settings.ts";
import { fitStateDict, loadStateDict } from "../saving/load-state-dict.ts";
import type { StateDict } from "../saving/safetensors.ts";
import { stateDict } from "../saving/state-dict.ts";

/** What is remembered between metrics, for checkpoints. */
export interface EarlyStoppingState {
  readonly best: number | null;
  readonly waited: number;
  /** The model where the metric was best; null before there was one. */
  readonly remembered: StateDict | null;
}

export interface EarlyStoppingOptions {
  /** Whether the metric should fall (`min`, the default) or rise. */
  readonly mode?: "min" | "max";
  /** How many times in a row without improvement end the training; default 3. */
  readonly patience?: number;
  /** A metric that is better by no more than this is no improvement; default 0. */
  readonly minDelta?: number;
}

/**
 * Says when a metric has stopped improving, and remembers the model where it was best. NaN is no improvement.
 *
 * @param model parameters and buffers are remembered; they share memory with the model until it moves on
 * @throws ArgumentError unless patience is a whole number from 1 on, minDelta finite and not negative and the mode known
 * @see Prechelt 1998, "Early stopping - but when?"
 * @example
 * const stopping = new EarlyStopping(model, { patience: 2 });
 * [3, 2, 2.5, 2.4].map((error) => stopping.step(error)); // [true, true, true, false]
 * stopping.restore();
 * stopping.best; // 2
 */
export class EarlyStopping {
  /** The best metric so far; null before there is one. */
  best: number | null = null;
  /** How many metrics in a row were no improvement. */
  waited = 0;
  readonly model: AnyModule;
  /** How it was made: what checkpoints compare. */
  readonly settings: unknown;
  readonly #sign: 1 | -1;
  readonly #patience: number;
  readonly #minDelta: number;
  #remembered: StateDict | null = null;

  constructor(model: AnyModule, { mode = "min", patience = 3, minDelta = 0 }: EarlyStoppingOptions = {}) {
    if (mode !== "min" && mode !== "max")
      throw new ArgumentError("EarlyStopping", "expected mode min or max", mode);
    checkCount("EarlyStopping", "patience", patience);
    checkNotNegative("EarlyStopping", { minDelta });
    this.model = model;
    this.settings = { mode, patience, minDelta };
    this.#sign = mode === "min" ? -1 : 1;
    this.#patience = patience;
    this.#minDelta = minDelta;
  }

  /**
   * What it remembers; assigned, it goes on from there.
   *
   * @throws StateDictError if it is set to one that remembers another model
   */
  get state(): EarlyStoppingState {
    return { best: this.best, waited: this.waited, remembered: this.#remembered };
  }

  set state({ best, waited, remembered }: EarlyStoppingState) {
    if (remembered !== null) fitStateDict(this.model, remembered);
    this.best = best;
    this.waited = waited;
    this.#remembered = remembered;
  }

  /** Looks at the metric of the model as it is now. @returns whether to go on */
  step(metric: number): boolean {
    const least = this.best === null ? Number.NEGATIVE_INFINITY : this.#sign * this.best + this.#minDelta;
    if (this.#sign * metric > least) {
      this.best = metric;
      this.waited = 0;
      this.#remembered = stateDict(this.model);
    } else this.waited++;
    return this.waited < this.#patience;
  }

  /** Puts the model back to where the metric was best; where there was no metric yet, it stays. */
  restore(): void {
    if (this.#remembered !== null) loadStateDict(this.model, this.#remembered);
  }
}
