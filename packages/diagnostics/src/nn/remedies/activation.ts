import { ArgumentError, elu, gelu, leakyRelu, relu, selu, tanh } from "@isograd/autograd";
import { ActivationLayer, initialize, type Module } from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { AnyActivation } from "../../trace/network.ts";
import type { Treatment } from "../treatment.ts";
import { bestBeginning } from "./initialization.ts";

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

const line = ({ name }: AnyActivation): string =>
  `for (const layer of model.modules()) if (layer instanceof ActivationLayer) layer.activation = ${name};`;

function withWeights(candidate: AnyActivation): Remedy<Treatment> {
  return {
    name: `activation: ${candidate.name}`,
    cures: ["vanishing", "exploding", "dead", "saturated"],
    code: line(candidate),
    measure: "flow",
    apply: ({ model }) => swap(model, candidate),
  };
}

function withFreshWeights(candidate: AnyActivation): Remedy<Treatment> {
  const { name, code, make } = bestBeginning(candidate);
  return {
    name: `activation: ${candidate.name}, initialization: ${name}`,
    cures: ["vanishing", "exploding", "dead", "saturated"],
    code: `${line(candidate)}\n${code}`,
    measure: "flow",
    apply: ({ model, seed }) => {
      swap(model, candidate);
      initialize(model, { seed, ...make() });
    },
  };
}

/** @throws ArgumentError if the model has no layer that holds an activation */
function swap(model: Module, activation: AnyActivation): void {
  const layers = model.modules().filter((module) => isActivationLayer(module));
  if (layers.length === 0)
    throw new ArgumentError("replaceActivation", "expected a model with ActivationLayers", model);
  for (const layer of layers) layer.activation = activation;
}

const isActivationLayer = (module: object): module is ActivationLayer => module instanceof ActivationLayer;
