import { heNormal, initialize, type Module, zeros } from "@isograd/nn";
import { type Candidate, isGate } from "../../advise/candidate.ts";
import type { Blueprint } from "../../advise/options.ts";
import { swapActivations } from "../remedies/swap-activations.ts";
import { swapGates } from "./swap-gates.ts";

/** A clone of a model with a candidate between its layers and weights drawn for it. @throws ArgumentError where it does not fit */
export function withCandidate(
  model: Module,
  candidate: Candidate,
  { seed, weightVariance }: Pick<Blueprint, "seed" | "weightVariance">,
): Module {
  const clone = model.clone();
  if (isGate(candidate)) swapGates(clone, candidate);
  else swapActivations(clone, candidate);
  initialize(clone, { seed, weight: heNormal({ gain: Math.sqrt(weightVariance) }), bias: zeros });
  return clone;
}
