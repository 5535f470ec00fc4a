import { ArgumentError } from "@isograd/autograd";
import { ActivationLayer, initialize, type Layer, type Module, Sequential } from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { AnyActivation } from "../../trace/network.ts";
import type { Treatment } from "../treatment.ts";
import { causedBy, ofGradients } from "./faults.ts";
import { bestBeginning } from "./initialization.ts";
import { isWeighted } from "./weighted.ts";

/**
 * Puts `activation` behind the layers with weights in the `Sequential`s of `model`, and behind their normalisation; not behind the last, which makes the
 * output.
 *
 * @returns how many there are now
 * @throws ArgumentError where there is no place for one
 * @example
 * const linear = new Sequential([new Linear({ inFeatures: 4, outFeatures: 8 }), new Linear({ inFeatures: 8, outFeatures: 2 })]);
 * insertActivations(linear, relu); // 1
 * linear.layers.length; // 3
 */
export function insertActivations(model: Module, activation: AnyActivation): number {
  const modules = model.modules();
  const output: unknown = modules.findLast(isWeighted);
  let inserted = 0;
  for (const module of modules as object[]) {
    if (!(module instanceof Sequential)) continue;
    const { layers } = module;
    for (let k = layers.length - 1; k >= 0; k--) {
      if (!isWeighted(layers[k]) || layers[k] === output) continue;
      const at = layers[k + 1] !== undefined && isNormalisation(layers[k + 1]) ? k + 2 : k + 1;
      layers.splice(at, 0, new ActivationLayer(activation));
      inserted++;
    }
  }
  if (inserted === 0)
    throw new ArgumentError(
      "insertActivations",
      "expected weights in front of others in a Sequential",
      model,
    );
  return inserted;
}

/** What learns a scale and sums nothing. */
const isNormalisation = (layer: Layer): boolean =>
  typeof layer !== "function" && !isWeighted(layer) && "weight" in layer;

/**
 * Activations where there are none, with weights drawn for them: without, all layers together are one linear map.
 *
 * @example
 * addActivations([relu]).map(({ name }) => name); // ["activations: relu, initialization: criticalInit(relu)"]
 */
export function addActivations(candidates: readonly AnyActivation[]): Remedy<Treatment>[] {
  return candidates.map((candidate) => {
    const { name, code, make } = bestBeginning(candidate);
    return {
      name: `activations: ${candidate.name}, initialization: ${name}`,
      cures: [...ofGradients, "redundant"],
      code: `insertActivations(model, ${candidate.name});\n${code}`,
      measure: "flow",
      suits: causedBy("activation"),
      apply: ({ model, seed }) => {
        insertActivations(model, candidate);
        initialize(model, { seed, ...make() });
      },
    };
  });
}
