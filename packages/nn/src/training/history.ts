import { fromData, type Tensor } from "@isograd/autograd";
import type { Stateful } from "../module/stateful.ts";
import { checkLike } from "../optimizers/check-state.ts";

/** What became of one epoch. */
export interface EpochRecord<Name extends string = string> {
  /** From 0. */
  readonly epoch: number;
  /** The mean over the epoch's rows, each before its step. */
  readonly loss: number;
  /** The metrics on the validation data after the epoch. */
  readonly metrics: Readonly<Partial<Record<Name, number>>>;
}

export interface History<Name extends string = string> {
  /** The loss of each step. */
  readonly losses: readonly number[];
  readonly epochs: readonly EpochRecord<Name>[];
}

interface RecorderState<Name extends string> {
  /** [steps] */
  readonly losses: Tensor;
  readonly epochs: readonly EpochRecord<Name>[];
  readonly total: number;
  readonly rows: number;
}

/** A history that is being written. */
export class Recorder<Name extends string> implements History<Name>, Stateful<RecorderState<Name>> {
  losses: number[] = [];
  epochs: EpochRecord<Name>[] = [];
  /** Of the present epoch: the sum of its losses, and how many rows they are of. */
  #total = 0;
  #rows = 0;

  /** @param settings what must be the same where a history goes on */
  constructor(readonly settings: unknown) {}

  get state(): RecorderState<Name> {
    const losses = fromData(Float64Array.from(this.losses), [this.losses.length]);
    return { losses, epochs: [...this.epochs], total: this.#total, rows: this.#rows };
  }

  set state(state: RecorderState<Name>) {
    checkLike("fit", state, { losses: null, epochs: [], total: 0, rows: 0 });
    const { losses, epochs, total, rows } = state;
    this.losses = [...losses.values()];
    this.epochs = [...epochs];
    this.#total = total;
    this.#rows = rows;
  }

  step(loss: number, rows: number): void {
    this.losses.push(loss);
    this.#total += loss * rows;
    this.#rows += rows;
  }

  endEpoch(metrics: EpochRecord<Name>["metrics"]): EpochRecord<Name> {
    const record = { epoch: this.epochs.length, loss: this.#total / this.#rows, metrics };
    this.epochs.push(record);
    this.#total = 0;
    this.#rows = 0;
    return record;
  }
}
