import type { Stateful } from "../module/stateful.ts";
import { checkLike } from "../optimizers/check-state.ts";

/** Where a run of training is, between two steps: plain data. */
export interface RunState {
  /** How many steps were taken. */
  readonly step: number;
  /** How many epochs have ended. */
  readonly epoch: number;
  /** How many steps of the present epoch were taken. */
  readonly batch: number;
  /** How many batches of the present epoch were seen. */
  readonly seen: number;
  /** Whether all batches of the present epoch were seen, and only its end is left. */
  readonly passed: boolean;
  /** Whether a callback has ended the training. */
  readonly finished: boolean;
}

/** The counters of a run of training. */
export class Run implements Stateful<RunState> {
  #state: RunState = { step: 0, epoch: 0, batch: 0, seen: 0, passed: false, finished: false };

  /** @param settings what must be the same where a run goes on */
  constructor(readonly settings: unknown) {}

  get state(): RunState {
    return this.#state;
  }

  set state(state: RunState) {
    checkLike("train", state, this.#state);
    this.#state = state;
  }

  /** A step was taken, on so many batches. @param passed whether these are known to be the last of the epoch */
  stepped(batches: number, passed: boolean): void {
    const { step, batch, seen } = this.#state;
    this.#state = { ...this.#state, step: step + 1, batch: batch + 1, seen: seen + batches, passed };
  }

  passed(): void {
    this.#state = { ...this.#state, passed: true };
  }

  endEpoch(finished: boolean): void {
    const { step, epoch } = this.#state;
    this.#state = { step, epoch: epoch + 1, batch: 0, seen: 0, passed: false, finished };
  }
}
