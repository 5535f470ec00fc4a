import { adviceCandidates } from "@isograd/diagnostics";
import { type Judged, regretOf, type Trialled, type Way, ways } from "./judge.ts";

/** A way of advice, or one activation for all, over all tasks. */
export interface Summary {
  readonly regret: number;
  readonly worst: number;
}

export interface WaySummary extends Summary {
  readonly way: Way;
  /** Mean shares of what the grid took. */
  readonly steps: number;
  readonly gradientEvaluations: number;
  readonly seconds: number;
}

export interface FixedSummary extends Summary {
  readonly name: string;
}

export const waySummaries = (trials: readonly Trialled[]): WaySummary[] =>
  ways.map((way) => {
    const judged = trials.map(({ byWay }) => byWay[way]);
    const share = (of: (each: Judged) => number): number => mean(judged.map(of));
    return {
      way,
      ...summaryOf(judged.map(({ regret }) => regret)),
      steps: share(({ steps }) => steps),
      gradientEvaluations: share(({ gradientEvaluations }) => gradientEvaluations),
      seconds: share(({ seconds }) => seconds),
    };
  });

/** One activation for all tasks, the best on the average first. */
export const fixedSummaries = (trials: readonly Trialled[]): FixedSummary[] =>
  adviceCandidates
    .map(({ name }) => ({ name, ...summaryOf(regretOf(name, trials)) }))
    .sort((a, b) => a.regret - b.regret);

const summaryOf = (regrets: readonly number[]): Summary => ({
  regret: mean(regrets),
  worst: Math.max(...regrets),
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
