import type { Fault } from "./finding.ts";

/** A change to a model that claims to cure faults. */
export interface Remedy<Model> {
  /** Such as `weight normalization`, or `activation: tanh`. */
  readonly name: string;
  readonly cures: readonly Fault[];
  /** Lines to paste. */
  readonly code: string;
  /** How the claim is judged: by gradient flow and units at once, or by a few training steps. */
  readonly measure: "flow" | "training";
  /** Changes `model`, which is a clone; or wraps the optimizer's gradients. Throws where it does not apply. */
  readonly apply: (model: Model) => void;
}

/** A remedy after it was tried on a clone. */
export interface VerifiedRemedy<Model> {
  readonly remedy: Remedy<Model>;
  readonly passed: boolean;
  /** What was measured before and after, in words. */
  readonly evidence: string;
  /** The mean loss over the last of the trial steps on the clone; NaN where none were taken. Lower ranks first. */
  readonly trialLoss: number;
}
