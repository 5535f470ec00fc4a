import type { Repair, RunResult } from "../result.ts";
import { firstAlarm } from "./alarm.ts";
import { faultyAsked } from "./detection.ts";
import { median } from "./median.ts";
import { type Rate, rate, rateOf } from "./rate.ts";

/** What became of faulty models with the remedies that passed. */
export interface Repairs {
  /** As good as a healthy run, of those that were found and whose repair was tried. */
  readonly repaired: Rate;
  /** Of all faulty runs, those that were never tried among them. */
  readonly repairedOfAll: Rate;
  /** As AutoTrainer counts: nothing is found any more, and the score is higher than before. */
  readonly symptomGone: Rate;
  /** Until the outcome was good, of those that were repaired. */
  readonly medianRetrainings: number | null;
  /** Time of trials and retrainings over that of one training, of all that were tried. */
  readonly medianTimeFactor: number | null;
  readonly worstTimeFactor: number | null;
}

/** Over faults that are asked for. */
export function repairs(runs: readonly RunResult[]): Repairs {
  const faulty = faultyAsked(runs);
  const tried = faulty
    .filter((run) => firstAlarm(run) !== null)
    .map(({ repair }) => repair)
    .filter((repair): repair is Repair => repair !== null);
  const repaired = tried.filter((repair) => repair.repaired);
  const factors = tried.map(({ timeFactor }) => timeFactor);
  return {
    repaired: rate(repaired.length, tried.length),
    repairedOfAll: rate(repaired.length, faulty.length),
    symptomGone: rateOf(tried, ({ symptomGone }) => symptomGone),
    medianRetrainings: median(repaired.map(({ retrainings }) => retrainings)),
    medianTimeFactor: median(factors),
    worstTimeFactor: factors.length === 0 ? null : Math.max(...factors),
  };
}
