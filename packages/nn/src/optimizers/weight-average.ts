import { ArgumentError, add, fromData, fusedLoop, mul, sub, type Tensor } from "@isograd/autograd";
import type { Values } from "../clipping/norms.ts";
import { checkLike } from "./check-state.ts";
import { checkParameters } from "./parameters.ts";
import { checkUnit } from "./settings.ts";

export interface WeightAverageOptions {
  /** How much of the average is kept at an update, within [0, 1]; default 0.999. null: the mean of all values. */
  readonly decay?: number | null;
  /** Averages over few updates at first: the decay of update t, from 0, is at most (1 + t) / (10 + t); default false. */
  readonly warmup?: boolean;
}

/** Plain data. */
export interface WeightAverageState {
  updates: number;
  /** Whether the averages are in the parameters, and the parameters' values here. */
  swapped: boolean;
  values: Values[];
}

/**
 * Keeps a running average of parameters beside them, to be swapped in where it is wanted.
 *
 * The first update takes the values as they are.
 *
 * @throws ArgumentError unless the decay lies within [0, 1]
 * @see torch.optim.swa_utils.AveragedModel; Polyak, Juditsky 1992; Izmailov et al. 2018, "Averaging weights leads to wider optima"
 * @example
 * const average = new WeightAverage(model.parameters(), { decay: 0.9 });
 * for await (const _ of train({ model, loss: mseLoss, optimizer, data, epochs: 50 })) average.update();
 * const { explained } = await average.during(() => evaluate(model, data, { explained: r2Score() }));
 * explained > 0.9; // true
 */
export class WeightAverage {
  readonly parameters: readonly Tensor[];
  readonly options: WeightAverageOptions;
  #state: WeightAverageState;

  constructor(parameters: Iterable<Tensor>, options: WeightAverageOptions = {}, state?: WeightAverageState) {
    this.parameters = checkParameters("WeightAverage", [...parameters]);
    if (options.decay !== null) checkUnit("WeightAverage", "decay", options.decay ?? 0.999);
    this.options = options;
    this.#state = state ?? {
      updates: 0,
      swapped: false,
      values: this.parameters.map((parameter) => parameter.values().slice() as Values),
    };
  }

  /** The averages, as plain data that updates change; assigned, the average goes on from there. @throws ArgumentError if it is set to averages of other sizes */
  get state(): WeightAverageState {
    return this.#state;
  }

  set state(state: WeightAverageState) {
    const like = { ...this.#state, values: this.parameters.map((parameter) => parameter.values()) };
    checkLike("WeightAverage", state, like);
    this.#state = state;
  }

  /** How it was made: what checkpoints compare. */
  get settings(): unknown {
    return this.options;
  }

  /** Takes the present values of the parameters into the average. @throws ArgumentError while the average is swapped in */
  update(): void {
    const { state, parameters } = this;
    if (state.swapped)
      throw new ArgumentError(
        "WeightAverage",
        "expected an update while the average is not swapped in",
        state,
      );
    const share = this.#share();
    parameters.forEach((parameter, k) => {
      const values = state.values[k];
      const present = parameter.values() as Values;
      if (share === 1) values.set(present);
      else approach([values, present], [share], [values]);
    });
    state.updates++;
  }

  /** Exchanges the parameters' values and the average: once for the average, once more for the values. */
  swap(): void {
    const { state, parameters } = this;
    parameters.forEach((parameter, k) => {
      const present = parameter.values().slice() as Values;
      parameter.assign(fromData(state.values[k], parameter.shape));
      state.values[k] = present;
    });
    state.swapped = !state.swapped;
  }

  /** Runs a function, that may be asynchronous, with the average in the parameters; the values are back however it ends. */
  during<T>(run: () => T): T {
    this.swap();
    let isWaiting = false;
    try {
      const result = run();
      if (!(result instanceof Promise)) return result;
      isWaiting = true;
      return result.finally(() => this.swap()) as T;
    } finally {
      if (!isWaiting) this.swap();
    }
  }

  /** The same average for the parameters of a copy of the model. */
  cloneFor(parameters: Iterable<Tensor>): WeightAverage {
    return new WeightAverage(parameters, this.options, structuredClone(this.state));
  }

  /** How far the average goes towards the values. */
  #share(): number {
    const { decay = 0.999, warmup = false } = this.options;
    const { updates } = this.state;
    if (updates === 0) return 1;
    if (decay === null) return 1 / (updates + 1);
    return 1 - (warmup ? Math.min(decay, (1 + updates) / (10 + updates)) : decay);
  }
}

const approach = /* @__PURE__ */ fusedLoop({ arrays: 2, numbers: 1 }, ([average, value], [share]) => [
  add(average, mul(share, sub(value, average))),
]);
