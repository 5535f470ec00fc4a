import { ArgumentError } from "@isograd/autograd";
import { BatchNorm1d, BatchNorm2d, Conv2d, type Layer, Linear, type Module, Sequential } from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { Treatment } from "../treatment.ts";
import { ofGradients } from "./faults.ts";

/**
 * Puts batch normalisation behind each linear or convolutional layer of a `Sequential` of `model` that an activation follows.
 *
 * @returns how many there are now more
 * @throws ArgumentError where there is no place for it
 * @see Ioffe, Szegedy 2015, "Batch normalization"
 * @example
 * insertBatchNorm(model.clone()); // 9
 */
export function insertBatchNorm(model: Module): number {
  let inserted = 0;
  for (const module of model.modules()) {
    if (!((module as object) instanceof Sequential)) continue;
    const { layers } = module as unknown as Sequential;
    for (let k = layers.length - 2; k >= 0; k--) {
      const norm = hasNoWeights(layers[k + 1]) ? normFor(layers[k]) : null;
      if (norm === null) continue;
      layers.splice(k + 1, 0, norm);
      inserted++;
    }
  }
  if (inserted === 0)
    throw new ArgumentError(
      "insertBatchNorm",
      "expected weights before an activation in a Sequential",
      model,
    );
  return inserted;
}

const hasNoWeights = (layer: Layer): boolean =>
  typeof layer === "function" || layer.parameters().length === 0;

function normFor(layer: Layer): Layer | null {
  const Norm = layer instanceof Linear ? BatchNorm1d : layer instanceof Conv2d ? BatchNorm2d : null;
  if (Norm === null) return null;
  const { weight } = layer as Linear | Conv2d;
  return new Norm({ numFeatures: weight.shape[0], dtype: weight.dtype as "f32" | "f64" });
}

/**
 * Batch normalisation before the activations.
 *
 * @example
 * diagnose(treat(model, normalizeBatches(), { batch }).model, batch, crossEntropy).verdict; // "healthy"
 */
export function normalizeBatches(): Remedy<Treatment> {
  return {
    name: "batch normalization",
    cures: ofGradients,
    code: "insertBatchNorm(model);",
    measure: "flow",
    apply: ({ model }) => {
      insertBatchNorm(model);
    },
  };
}
