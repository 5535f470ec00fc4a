import type { RunResult } from "../result.ts";
import { firstAlarm } from "./alarm.ts";
import { faultyAsked } from "./detection.ts";
import { type Rate, rateOf } from "./rate.ts";

/** Whether the cause that the first alarm names first is right for what was injected. */
export interface CauseAccuracy {
  /** Of the runs whose fault was found. */
  readonly ofFound: Rate;
  /** Of all, a miss being wrong. */
  readonly ofAll: Rate;
}

/** Over faults that are asked for and of which it is known which causes are right. */
export function causeAccuracy(runs: readonly RunResult[]): CauseAccuracy {
  const known = faultyAsked(runs).filter(({ rightCauses }) => rightCauses.length > 0);
  const isRight = (run: RunResult): boolean => {
    const [first] = firstAlarm(run)?.causes ?? [];
    return first !== undefined && run.rightCauses.includes(first.part);
  };
  return {
    ofFound: rateOf(
      known.filter((run) => firstAlarm(run) !== null),
      isRight,
    ),
    ofAll: rateOf(known, isRight),
  };
}
