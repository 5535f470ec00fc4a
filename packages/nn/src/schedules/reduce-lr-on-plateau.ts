import { ArgumentError } from "@isograd/autograd";
import { checkLike } from "../optimizers/check-state.ts";
import { checkNotNegative } from "../optimizers/settings.ts";
import { learningRatesOf, type Schedulable, setLearningRates } from "./schedulable.ts";

export interface ReduceLROnPlateauOptions {
  /** Whether the metric should fall (`min`, the default) or rise. */
  readonly mode?: "min" | "max";
  /** What rates are multiplied with, below 1; default 0.1. */
  readonly factor?: number;
  /** How many steps without improvement are borne; the next one reduces the rates. Default 10. */
  readonly patience?: number;
  /** How much better than the best a metric has to be; default 1e-4. */
  readonly threshold?: number;
  /** Whether that is a share of the best (`rel`, the default) or a difference. */
  readonly thresholdMode?: "rel" | "abs";
  /** For how many steps after a reduction none is counted as without improvement; default 0. */
  readonly cooldown?: number;
  /** The lowest rate, or one for each group; default 0. */
  readonly minLearningRate?: number | readonly number[];
  /** A reduction by no more than this is not done; default 1e-8. */
  readonly eps?: number;
}

/** What is remembered between steps: plain data. */
export interface PlateauState {
  /** The best metric so far; null before there is one. */
  best: number | null;
  /** How many steps have brought no improvement. */
  waited: number;
  /** How many steps of cooling down are left. */
  cooling: number;
}

/**
 * Reduces the rates of an optimizer when a metric has stopped improving. NaN is no improvement.
 *
 * @param state that of one before, to go on where it was
 * @throws ArgumentError unless factor is below 1, nothing is negative and the modes are known
 * @see torch.optim.lr_scheduler.ReduceLROnPlateau
 * @example
 * const plateau = new ReduceLROnPlateau(optimizer, { factor: 0.5, patience: 1 });
 * for (const loss of [1, 1, 1]) plateau.step(loss);
 * optimizer.learningRate; // 0.05
 * await fit({ model, loss: mseLoss, optimizer, data, epochs: 5, onEpoch: ({ loss }) => plateau.step(loss) });
 */
export class ReduceLROnPlateau {
  readonly optimizer: Schedulable;
  #state: PlateauState;
  readonly #options: Required<ReduceLROnPlateauOptions>;
  readonly #lowest: readonly number[];

  constructor(optimizer: Schedulable, options: ReduceLROnPlateauOptions = {}, state?: PlateauState) {
    const { mode = "min", factor = 0.1, patience = 10, threshold = 1e-4, thresholdMode = "rel" } = options;
    const { cooldown = 0, minLearningRate = 0, eps = 1e-8 } = options;
    checkNotNegative("ReduceLROnPlateau", { factor, patience, threshold, cooldown, eps });
    if (factor >= 1) throw new ArgumentError("ReduceLROnPlateau", "expected factor below 1", factor);
    if (mode !== "min" && mode !== "max")
      throw new ArgumentError("ReduceLROnPlateau", "expected mode min or max", mode);
    if (thresholdMode !== "rel" && thresholdMode !== "abs")
      throw new ArgumentError("ReduceLROnPlateau", "expected thresholdMode rel or abs", thresholdMode);
    const rates = learningRatesOf(optimizer);
    const lowest = typeof minLearningRate === "number" ? rates.map(() => minLearningRate) : minLearningRate;
    if (lowest.length !== rates.length)
      throw new ArgumentError("ReduceLROnPlateau", `expected ${rates.length} lowest rates`, lowest);
    for (const rate of lowest) checkNotNegative("ReduceLROnPlateau", { minLearningRate: rate });
    this.optimizer = optimizer;
    this.#state = state ?? { best: null, waited: 0, cooling: 0 };
    this.#options = {
      mode,
      factor,
      patience,
      threshold,
      thresholdMode,
      cooldown,
      minLearningRate,
      eps,
    };
    this.#lowest = [...lowest];
  }

  /** What it remembers, as plain data; assigned, it goes on from there. @throws ArgumentError if it is set to anything else */
  get state(): PlateauState {
    return this.#state;
  }

  set state(state: PlateauState) {
    checkLike("ReduceLROnPlateau", state, { ...this.#state, best: null });
    this.#state = state;
  }

  /** How it was made: what checkpoints compare. */
  get settings(): unknown {
    return { ...this.#options, minLearningRate: this.#lowest };
  }

  /** Looks at a metric, and reduces the rates if it is time. */
  step(metric: number): void {
    const { state } = this;
    const { patience, cooldown } = this.#options;
    if (this.#improves(metric)) {
      state.best = metric;
      state.waited = 0;
    } else state.waited++;
    if (state.cooling > 0) {
      state.cooling--;
      state.waited = 0;
    }
    if (state.waited <= patience) return;
    this.#reduce();
    state.cooling = cooldown;
    state.waited = 0;
  }

  #improves(metric: number): boolean {
    const { mode, threshold, thresholdMode } = this.#options;
    const { best } = this.state;
    const sign = mode === "min" ? -1 : 1;
    if (best === null) return sign * metric > Number.NEGATIVE_INFINITY;
    const aim = thresholdMode === "rel" ? best * (1 + sign * threshold) : best + sign * threshold;
    return sign * metric > sign * aim;
  }

  #reduce(): void {
    const { factor, eps } = this.#options;
    const reduced = learningRatesOf(this.optimizer).map((rate, k) => {
      const lower = Math.max(rate * factor, this.#lowest[k]);
      return rate - lower > eps ? lower : rate;
    });
    setLearningRates(this.optimizer, reduced);
  }
}
