import type { FaultGroup, RunResult } from "../result.ts";
import type { Tool } from "./alarm.ts";
import { median } from "./median.ts";
import { type Rate, rateOf } from "./rate.ts";

/** The groups of faults whose recall is asked for; what is wrong with data, loss, optimizer or structure is reported apart. */
export const askedGroups: readonly (FaultGroup | null)[] = [
  "gradient",
  "activation",
  "initialisation",
  "rate",
  "clipping",
];

/** How a tool tells faulty runs from healthy ones. Each rate counts whole runs with an alarm. */
export interface Detection {
  readonly falseAlarms: { readonly healthy: Rate; readonly odd: Rate };
  /** Of faulty runs, those whose faults are asked for, and the others. */
  readonly recall: { readonly asked: Rate; readonly others: Rate };
  /** Of runs that a fault that is asked for weakened, and did not make fail. */
  readonly weakened: Rate;
  /** An alarm is neither right nor wrong where a fault was injected and did no harm, or none was and the outcome is bad. */
  readonly alarmed: { readonly tolerated: Rate; readonly unlucky: Rate };
  /** Of the runs with a fault that is asked for and was found: updates until it was, and how many were found before any. */
  readonly medianSteps: number | null;
  readonly atStepZero: Rate;
  /** Of all faulty initialisations, those found before any update. */
  readonly initialisationAtStepZero: Rate;
}

export function detection(runs: readonly RunResult[], { alarmStep }: Tool): Detection {
  const alarmedOf = (some: readonly RunResult[]): Rate => rateOf(some, (run) => alarmStep(run) !== null);
  const labelled = (label: RunResult["label"]): RunResult[] => runs.filter((run) => run.label === label);
  const asked = faultyAsked(runs);
  const steps = asked.map(alarmStep).filter((step) => step !== null);
  return {
    falseAlarms: { healthy: alarmedOf(labelled("healthy")), odd: alarmedOf(labelled("odd")) },
    recall: {
      asked: alarmedOf(asked),
      others: alarmedOf(labelled("faulty").filter(({ group }) => !askedGroups.includes(group))),
    },
    weakened: alarmedOf(labelled("weakened").filter(({ group }) => askedGroups.includes(group))),
    alarmed: { tolerated: alarmedOf(labelled("tolerated")), unlucky: alarmedOf(labelled("unlucky")) },
    medianSteps: median(steps),
    atStepZero: rateOf(steps, (step) => step === 0),
    initialisationAtStepZero: rateOf(
      asked.filter(({ group }) => group === "initialisation"),
      (run) => alarmStep(run) === 0,
    ),
  };
}

/** The faulty runs whose faults are asked for. */
export const faultyAsked = (runs: readonly RunResult[]): RunResult[] =>
  runs.filter(({ label, group }) => label === "faulty" && askedGroups.includes(group));
