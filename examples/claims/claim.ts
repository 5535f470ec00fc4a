import { type Estimate, estimate, type Values } from "./laboratory/estimate.ts";
import type { Laboratory } from "./laboratory/laboratory.ts";

/** A statement, and an experiment that decides about it. */
export interface Claim {
  /** The sections it stands in. */
  readonly section: string;
  /** In translation. */
  readonly statement: string;
  /** What the theory says, whatever the run gives. */
  readonly theory: string;
  readonly experiment: (laboratory: Laboratory) => readonly Measurement[] | Promise<readonly Measurement[]>;
}

/** What was measured in one setting and, where it tests the claim, what the claim has it to be. */
export interface Measurement {
  readonly setting: string;
  readonly quantity: string;
  readonly values: Values;
  /** Factors are averaged by their logarithms. */
  readonly isFactor?: boolean;
  /** Without it the measurement only tells what the others rest on. */
  readonly claimed?: Claimed;
  /** What stands behind the number. */
  readonly note?: string;
}

export type Claimed = { readonly above: number } | { readonly below: number };

/** Whether it came as claimed: `open` where the interval reaches over the bound. */
export type Answer = "yes" | "no" | "open";

export type Verdict = "holds" | "holds under a condition" | "does not hold" | "open";

/** Of factors, the logarithms: those that f32 cannot tell from 0, or from infinity, count as the last ones that it can. */
export function estimateOf({ values, isFactor = false }: Measurement): Estimate {
  if (!isFactor) return estimate(values);
  return estimate(typeof values === "number" ? logarithm(values) : values.map(logarithm));
}

export const logarithm = (factor: number): number =>
  Math.log10(Math.min(Math.max(factor, 2 ** -149), 2 ** 128));

/** @returns null for what tests nothing */
export function answerOf(measurement: Measurement): Answer | null {
  const { claimed, isFactor } = measurement;
  if (claimed === undefined) return null;
  const { low, high } = estimateOf(measurement);
  const isAbove = "above" in claimed;
  const given = isAbove ? claimed.above : claimed.below;
  const bound = isFactor ? logarithm(given) : given;
  if (low > bound) return isAbove ? "yes" : "no";
  if (high < bound) return isAbove ? "no" : "yes";
  return "open";
}

/**
 * A claim holds if every measurement came as claimed, and does not if some went against it and none came as claimed. It holds under a condition
 * if some came as claimed and others did not, or are open. It is open if nothing is decided.
 */
export function verdictOf(measurements: readonly Measurement[]): Verdict {
  const answers = new Set(measurements.map(answerOf));
  if (answers.has("yes"))
    return answers.has("no") || answers.has("open") ? "holds under a condition" : "holds";
  return answers.has("no") ? "does not hold" : "open";
}
