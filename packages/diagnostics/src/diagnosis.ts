import type { Finding } from "./finding.ts";
import type { FlowProfile } from "./flow/profile.ts";

/** The units of one activation layer over a whole batch. */
export interface UnitReport {
  readonly place: string;
  readonly activation: string;
  readonly units: number;
  /** How many pre-activations of each unit were seen: examples, times positions in an image or a sequence. */
  readonly examples: number;
  /** Units whose slope is exactly 0 for every example: no gradient reaches their weights. */
  readonly dead: number;
  /** Units that most examples put where the slope is below a tenth of its maximum, out to infinity. */
  readonly saturated: number;
  /** How much of the gradient norm that arrives behind the layer gets past its slopes, were the largest slope 1; NaN where none arrives. */
  readonly passed: number;
  /** The shares that a healthy layer is expected to show at most; 1 where the activation's facts are not known. */
  readonly expectedDead: number;
  readonly expectedSaturated: number;
}

/** What was measured, and what follows from it. */
export interface Diagnosis {
  /** `healthy`, or the faults found, the gravest first. */
  readonly verdict: string;
  /** Loss over the batch. */
  readonly loss: number;
  readonly flow: FlowProfile;
  readonly units: readonly UnitReport[];
  /** The gravest first. */
  readonly findings: readonly Finding[];
}
