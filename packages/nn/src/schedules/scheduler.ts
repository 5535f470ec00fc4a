import { ArgumentError } from "@isograd/autograd";
import { checkLike } from "../optimizers/check-state.ts";
import { checkNotNegative } from "../optimizers/settings.ts";
import { learningRatesOf, type Schedulable, setLearningRates } from "./schedulable.ts";
import type { Schedule } from "./schedule.ts";

/** Schedules of what an optimizer has: one for all groups, or one for each. */
export interface Schedules {
  readonly learningRate?: Schedule | readonly Schedule[];
  readonly momentum?: Schedule | readonly Schedule[];
}

/** Where a schedule is: plain data. */
export interface SchedulerState {
  /** Of which the optimizer has the rates now. */
  step: number;
  /** The optimizer's learning rates before the first step. */
  readonly learningRates: readonly number[];
  /** Its momentums; empty where they have no schedule. */
  readonly momentums: readonly number[];
}

/**
 * Sets the rates of an optimizer by a schedule: those of step 0 at once, those of the next step at each call of `step`.
 *
 * @param state that of a scheduler before, to go on where it was
 * @throws ArgumentError if a list of schedules is not as long as that of the rates, or the optimizer has no momentum to set
 * @see torch.optim.lr_scheduler
 * @example
 * const scheduler = new Scheduler(optimizer, warmup({ steps: 4 }, cosineAnnealingLR({ totalIterations: 16 })));
 * optimizer.learningRate; // 0.02
 * await fit({ model, loss: mseLoss, optimizer, scheduler, data, epochs: 10 });
 * optimizer.learningRate; // 0
 */
export class Scheduler {
  readonly optimizer: Schedulable;
  #state: SchedulerState;
  readonly #learningRates: readonly Schedule[];
  readonly #momentums: readonly Schedule[];

  constructor(
    optimizer: Schedulable,
    schedule: Schedule | readonly Schedule[] | Schedules,
    state?: SchedulerState,
  ) {
    const { learningRate, momentum }: Schedules =
      typeof schedule === "function" || isList(schedule) ? { learningRate: schedule } : schedule;
    if (momentum !== undefined && optimizer.momentums === undefined)
      throw new ArgumentError("Scheduler", "expected an optimizer whose momentum can be set", optimizer);
    this.optimizer = optimizer;
    this.#state = state ?? {
      step: 0,
      learningRates: learningRate === undefined ? [] : [...learningRatesOf(optimizer)],
      momentums: momentum === undefined ? [] : [...(optimizer.momentums ?? [])],
    };
    this.#learningRates = each("learning rates", learningRate, this.state.learningRates);
    this.#momentums = each("momentums", momentum, this.state.momentums);
    this.step(this.state.step);
  }

  /**
   * Where it is, as plain data; assigned, the schedule goes on from there. The rates that the optimizer has now are in the optimizer's own state.
   *
   * @throws ArgumentError if it is set to the state of a schedule of another number of rates
   */
  get state(): SchedulerState {
    return this.#state;
  }

  set state(state: SchedulerState) {
    checkLike("Scheduler", state, this.#state);
    this.#state = state;
  }

  /** Sets the rates of the next step, or of another one. */
  step(to: number = this.state.step + 1): void {
    checkNotNegative("Scheduler", { step: to });
    const { optimizer, state } = this;
    const at = (schedules: readonly Schedule[], bases: readonly number[]): readonly number[] =>
      schedules.map((schedule, k) => schedule(to, bases[k]));
    const rates = at(this.#learningRates, state.learningRates);
    const momentums = at(this.#momentums, state.momentums);
    if (rates.length > 0) setLearningRates(optimizer, rates);
    if (momentums.length > 0) optimizer.momentums = momentums;
    state.step = to;
  }
}

const isList = (schedule: readonly Schedule[] | Schedules): schedule is readonly Schedule[] =>
  Array.isArray(schedule);

/** A schedule for each number. */
function each(
  what: string,
  schedule: Schedule | readonly Schedule[] | undefined,
  bases: readonly number[],
): readonly Schedule[] {
  if (typeof schedule === "function") return bases.map(() => schedule);
  const schedules = schedule ?? [];
  if (schedules.length !== bases.length)
    throw new ArgumentError("Scheduler", `expected ${bases.length} schedules of ${what}`, schedules.length);
  return [...schedules];
}
