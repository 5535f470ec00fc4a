import { ArgumentError } from "@isograd/autograd";
import { ActivationLayer, heNormal, initialize, Linear, type Module, Sequential, zeros } from "@isograd/nn";
import type { Blueprint } from "../../advise/advise.ts";
import { type Candidate, inputsPerUnit } from "../../advise/candidate.ts";

/**
 * A clone of a model with another activation at some of its places, and weights drawn for it.
 *
 * A gate takes two inputs a unit: the linear layer in front of it becomes twice as wide, so that what follows finds what it found before.
 *
 * @param places paths of the ActivationLayers to replace
 * @throws ArgumentError where a gate stands behind anything but a linear layer of the same Sequential
 */
export function withCandidate(
  model: Module,
  places: readonly string[],
  candidate: Candidate,
  { seed, weightVariance }: Pick<Blueprint, "seed" | "weightVariance">,
): Module {
  const clone = model.clone();
  const replaced = clone.namedModules().filter(({ path }) => places.includes(path));
  for (const { module } of replaced) {
    if (!(module instanceof ActivationLayer)) continue;
    if (inputsPerUnit(candidate) === 2) widen(clone, module, candidate.name);
    module.activation = candidate;
  }
  initialize(clone, { seed, weight: heNormal({ gain: Math.sqrt(weightVariance) }), bias: zeros });
  return clone;
}

function widen(model: Module, layer: ActivationLayer, name: string): void {
  for (const module of model.modules()) {
    if (!(module instanceof Sequential)) continue;
    const at = module.layers.indexOf(layer);
    const front = at > 0 ? module.layers[at - 1] : null;
    if (!(front instanceof Linear)) continue;
    const [outFeatures, inFeatures] = front.weight.shape;
    module.layers[at - 1] = new Linear({
      inFeatures,
      outFeatures: 2 * outFeatures,
      bias: front.bias !== null,
      dtype: front.weight.dtype as "f32" | "f64",
    });
    return;
  }
  throw new ArgumentError(
    "adviseActivation",
    `expected a linear layer directly in front of each activation, which ${name} needs twice as wide`,
    layer.activation.name,
  );
}
