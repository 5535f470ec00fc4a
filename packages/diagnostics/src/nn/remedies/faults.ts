import type { Fault } from "../../finding.ts";

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
