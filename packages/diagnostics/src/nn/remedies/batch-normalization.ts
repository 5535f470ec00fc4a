import { ArgumentError } from "@isograd/autograd";
import {
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  Conv2d,
  initialize,
  type Layer,
  Linear,
  type Module,
  Sequential,
} from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { AnyActivation } from "../../trace/network.ts";
import type { Treatment } from "../treatment.ts";
import { causedBy, ofGradients } from "./faults.ts";
import { beginningsFor } from "./initialization.ts";

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
 * Takes batch normalisation out of the `Sequential`s of `model`.
 *
 * @returns how many there were
 * @throws ArgumentError where there is none
 * @example
 * const normalised = model.clone();
 * insertBatchNorm(normalised);
 * removeBatchNorm(normalised); // 9
 */
export function removeBatchNorm(model: Module): number {
  let removed = 0;
  for (const module of model.modules()) {
    if (!((module as object) instanceof Sequential)) continue;
    const { layers } = module as unknown as Sequential;
    for (let k = layers.length - 1; k >= 0; k--) {
      if (!isBatchNorm(layers[k])) continue;
      layers.splice(k, 1);
      removed++;
    }
  }
  if (removed === 0)
    throw new ArgumentError("removeBatchNorm", "expected batch normalisation in a Sequential", model);
  return removed;
}

const isBatchNorm = (layer: Layer): boolean =>
  layer instanceof BatchNorm1d || layer instanceof BatchNorm2d || layer instanceof BatchNorm3d;

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
    suits: causedBy("weights", "data"),
    apply: ({ model }) => {
      insertBatchNorm(model);
    },
  };
}

/**
 * No batch normalisation, and weights that do without: in deep plain networks it makes gradients explode.
 *
 * @see Yang et al. 2019, "A mean field theory of batch normalization"
 * @example
 * denormalizeBatches(tanh)[0].code.split("\n")[0]; // "removeBatchNorm(model);"
 */
export function denormalizeBatches(activation: AnyActivation): Remedy<Treatment>[] {
  return beginningsFor(activation).map(({ name, code, make }) => ({
    name: `no batch normalization, initialization: ${name}`,
    cures: ofGradients,
    code: `removeBatchNorm(model);\n${code}`,
    measure: "flow",
    apply: ({ model, seed }) => {
      removeBatchNorm(model);
      initialize(model, { seed, ...make() });
    },
  }));
}
