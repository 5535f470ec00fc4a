import type { Cause, Fault, Finding } from "../../finding.ts";

/** What a change of weights, activations, normalisation or steps may cure: all that gradients and steps show. */
export const ofGradients: readonly Fault[] = [
  "vanishing",
  "exploding",
  "dead",
  "saturated",
  "nonFinite",
  "divergent",
  "stalled",
  "symmetric",
];

/** Whether the most important cause of a finding is one of these. */
export const causedBy =
  (...parts: readonly Cause["part"][]) =>
  ({ causes }: Finding): boolean =>
    causes.length > 0 && parts.includes(causes[0].part);

/** Whether steps are to blame that are too large, or too small. */
export const causedBySteps =
  (are: "long" | "short") =>
  (finding: Finding): boolean =>
    causedBy("learningRate")(finding) && (finding.fault === "stalled") === (are === "short");
