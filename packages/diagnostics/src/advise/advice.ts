import type { Candidate } from "./candidate.ts";

/** What advice took. */
export interface AdviceCost {
  /** Training steps, over all networks. */
  readonly steps: number;
  /** Passes forward and backward, training steps among them. */
  readonly gradientEvaluations: number;
  /** Passes forward alone, over batches that are held out. */
  readonly evaluations: number;
  readonly seconds: number;
}

/** A candidate with its place in the ranking. */
export interface AdvisedActivation {
  readonly candidate: Candidate;
  readonly name: string;
  /** Larger is better; in what units, the way of advice says. Comparable within one ranking. */
  readonly score: number;
  /** Why it stands where it stands, in words. */
  readonly reasons: readonly string[];
  /** Training steps that it was given, over all its networks. */
  readonly steps: number;
  /** Lines to paste. */
  readonly code: string;
}

/** Which activation to take, and why. */
export interface Advice {
  /** The best first. */
  readonly ranking: readonly AdvisedActivation[];
  /** Candidates that the model does not take, each with what it said. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  readonly cost: AdviceCost;
  /** Why it ended where it did, in words. */
  readonly ending: string;
}

/** A candidate as a way of advice leaves it. */
export type Ranked = Omit<AdvisedActivation, "name" | "code">;

/** What a way of advice returns. */
export interface Verdict {
  readonly ranking: readonly Ranked[];
  readonly ending: string;
}

/** Adds up what is spent. */
export class Meter {
  steps = 0;
  gradientEvaluations = 0;
  evaluations = 0;
  readonly #began = performance.now();

  read(): AdviceCost {
    const { steps, gradientEvaluations, evaluations } = this;
    return { steps, gradientEvaluations, evaluations, seconds: (performance.now() - this.#began) / 1000 };
  }
}
