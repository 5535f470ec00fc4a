import { elu, gelu, leakyRelu, relu, selu, tanh } from "@isograd/autograd";
import { initialize } from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { AnyActivation } from "../../trace/network.ts";
import type { Treatment } from "../treatment.ts";
import { causedBy, ofGradients } from "./faults.ts";
import { bestBeginning } from "./initialization.ts";
import { swapActivations } from "./swap-activations.ts";

/**
 * The activations that are offered in place of the one that was found; any registered one can be named instead.
 *
 * @example
 * defaultCandidates.map(({ name }) => name); // ["relu", "leakyRelu", "elu", "selu", "tanh", "gelu"]
 */
export const defaultCandidates: readonly AnyActivation[] = [relu, leakyRelu, elu, selu, tanh, gelu];

/**
 * Another activation with the weights as they are, and with weights drawn anew for it.
 *
 * @example
 * const [alone, withWeights] = replaceActivation(sigmoid, [tanh]);
 * withWeights.name; // "activation: tanh, initialization: criticalInit(tanh)"
 * diagnose(treat(model, alone, { batch }).model, batch, crossEntropy).verdict; // "healthy"
 */
export function replaceActivation(
  present: AnyActivation,
  candidates: readonly AnyActivation[],
): Remedy<Treatment>[] {
  return candidates
    .filter(({ name }) => name !== present.name)
    .flatMap((candidate) => [withWeights(candidate), withFreshWeights(candidate)]);
}

const line = ({ name }: AnyActivation): string => `swapActivations(model, ${name});`;

function withWeights(candidate: AnyActivation): Remedy<Treatment> {
  return {
    name: `activation: ${candidate.name}`,
    cures: ofGradients,
    code: line(candidate),
    measure: "flow",
    apply: ({ model }) => {
      swapActivations(model, candidate);
    },
  };
}

function withFreshWeights(candidate: AnyActivation): Remedy<Treatment> {
  const { name, code, make } = bestBeginning(candidate);
  return {
    name: `activation: ${candidate.name}, initialization: ${name}`,
    cures: ofGradients,
    code: `${line(candidate)}\n${code}`,
    measure: "flow",
    suits: causedBy("activation"),
    apply: ({ model, seed }) => {
      swapActivations(model, candidate);
      initialize(model, { seed, ...make() });
    },
  };
}
