import type { Cause, Fault, Severity } from "@isograd/diagnostics";
import type { Firing } from "./observation.ts";

/** `tuning` may be looked at while building, thresholds are set on `calibration`, and `published` is what is reported: no seed is in two of them. */
export type SeedSet = "tuning" | "calibration" | "published";

/** What was done to a healthy network. The first five are those whose recall is asked for; the others are reported apart. */
export type FaultGroup =
  | "gradient"
  | "activation"
  | "initialisation"
  | "rate"
  | "clipping"
  | "loss"
  | "optimizer"
  | "structure"
  | "data";

/**
 * `faulty`: a fault was injected, and the outcome failed, as the same fault does no good when it is drawn again. `weakened`: the outcome is between
 * failed and good. `tolerated`: it is good all the same.
 * `unlucky`: the outcome is bad, and nothing was injected, or what was injected is not seen to be why.
 */
export type Label = "healthy" | "odd" | "faulty" | "weakened" | "tolerated" | "unlucky";

/** One of our findings, as far as the zoo counts it. */
export interface OurFinding {
  readonly stage: "lint" | "firstStep" | "training";
  readonly detector: string;
  readonly fault: Fault;
  readonly severity: Severity;
  /** Updates made before it was found: 0 at the first step and before any data. */
  readonly step: number;
  readonly pValue: number | null;
  readonly places: readonly string[];
  /** The most important first. */
  readonly causes: readonly Pick<Cause, "part" | "explanation">[];
}

/** What became of a faulty model with the remedies that passed. */
export interface Repair {
  readonly tried: number;
  readonly passed: number;
  /** Names, in the order in which they were applied and trained with. */
  readonly applied: readonly string[];
  /** Whole trainings until the outcome was good, or all that were made. */
  readonly retrainings: number;
  /** As good as `Label` asks of a healthy run. */
  readonly repaired: boolean;
  /** As AutoTrainer counts: nothing is found any more, and the score is higher than before. */
  readonly symptomGone: boolean;
  readonly score: number;
  /** Time of trials and retrainings over that of one training. */
  readonly timeFactor: number;
}

/** One training: a line of JSON. */
export interface RunResult {
  /** `set/family/variant/seed`. */
  readonly id: string;
  readonly set: SeedSet;
  readonly family: string;
  /** The injected fault, the oddity, or the member of the grid of healthy settings. */
  readonly variant: string;
  /** Null where nothing was injected. */
  readonly group: FaultGroup | null;
  readonly seed: string;
  /** What the setting is, or what of it was changed, for people. */
  readonly detail?: string;
  readonly steps: number;
  /** Accuracy or explained variance on data that was not trained on; NaN is written as null. */
  readonly score: number | null;
  /** The best of the grid of healthy settings of this family and seed at the same budget. */
  readonly best: number;
  readonly label: Label;
  /** Which parts of a cause are right for what was injected; empty where nothing was. */
  readonly rightCauses: readonly Cause["part"][];
  /** All findings at the default error rate. */
  readonly ours: readonly OurFinding[];
  /** For the curve: at which error rates a run was alarmed. */
  readonly alarmedAt: readonly { readonly alpha: number; readonly alarmed: boolean }[];
  /** The first firing of each rule, by the rival's name. */
  readonly rivals: Readonly<Record<string, readonly Firing[]>>;
  readonly repair: Repair | null;
  /** The training as it was made, all who watch included; and what was looked at before the first step, at all error rates of the curve. */
  readonly seconds: { readonly training: number; readonly examination: number };
}
