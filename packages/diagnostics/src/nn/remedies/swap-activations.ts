import { ArgumentError, type Tensor } from "@isograd/autograd";
import { ActivationLayer, type AnyModule, type Layer, type Module, RNNCell, Sequential } from "@isograd/nn";
import type { AnyActivation } from "../../trace/network.ts";
import { isWeighted } from "./weighted.ts";

/**
 * Puts `activation` in place of those between the layers of `model`: in its `ActivationLayer`s, as functions in its `Sequential`s, in its `RNN`s.
 * What stands behind the last weights is the output's, and stays.
 *
 * @returns how many were replaced
 * @throws ArgumentError where there is none
 * @example
 * swapActivations(model.clone(), tanh); // 9
 */
export function swapActivations(model: Module, activation: AnyActivation): number {
  const modules = model.modules();
  const last = modules.findLastIndex(isWeighted);
  const isInside = (index: number): boolean => last < 0 || index < last;
  let replaced = 0;
  modules.forEach((module: object, index) => {
    if (module instanceof RNNCell) {
      (module as { nonlinearity: (x: Tensor) => Tensor }).nonlinearity = activation as (x: Tensor) => Tensor;
      replaced++;
    } else if (module instanceof ActivationLayer && isInside(index)) {
      module.activation = activation;
      replaced++;
    } else if (module instanceof Sequential) {
      replaced += swapFunctions(module.layers, activation, modules[last] ?? null, isInside(index));
    }
  });
  if (replaced === 0)
    throw new ArgumentError("swapActivations", "expected a model with activations between its layers", model);
  return replaced;
}

/** @param lastWeights what an activation has to stand in front of, where it is among `layers` at all */
function swapFunctions(
  layers: Layer[],
  activation: AnyActivation,
  lastWeights: AnyModule | null,
  isInside: boolean,
): number {
  const end = layers.findIndex(
    (layer) => typeof layer !== "function" && layer.modules().includes(lastWeights as AnyModule),
  );
  let replaced = 0;
  for (let k = 0; k < layers.length; k++) {
    const layer = layers[k];
    if (typeof layer !== "function" || !("facts" in layer) || !(end < 0 ? isInside : k < end)) continue;
    layers[k] =
      Object.keys(activation.parameters).length === 0
        ? (activation as Layer)
        : new ActivationLayer(activation);
    replaced++;
  }
  return replaced;
}
