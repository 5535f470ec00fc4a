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
  /** Units whose slope is below a tenth of its maximum for most examples, the dead among them. */
  readonly saturated: number;
  /** The shares that a healthy layer (pre-activations N(0, 1)) is expected to show at most. */
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
