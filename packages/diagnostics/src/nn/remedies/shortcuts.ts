import { ArgumentError, type Tensor } from "@isograd/autograd";
import { type Module, Residual, Sequential } from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { Treatment } from "../treatment.ts";
import { blocksOf } from "./blocks.ts";
import { causedBy, ofGradients } from "./faults.ts";

/**
 * Puts a shortcut beside all that stands behind the weights of a `Sequential` of `model` up to its next ones, where these leave the shape of `inputs`
 * as it is: normalisation and activation in front of the weights, as in pre-activation residual networks. What n of them add is scaled by 1/√n.
 *
 * @param inputs a batch, to see shapes by
 * @returns how many
 * @throws ArgumentError where there is no place for one
 * @see He et al. 2016, "Identity mappings in deep residual networks"; Hayou et al. 2021, "Stable ResNet"
 * @example
 * insertShortcuts(model.clone(), batch.inputs); // 8
 */
export function insertShortcuts(model: Module, inputs: Tensor): number {
  const blocks = blocksOf(model, inputs);
  if (blocks.length === 0)
    throw new ArgumentError(
      "insertShortcuts",
      "expected blocks in a Sequential that leave the shape as it is",
      model,
    );
  const scale = 1 / Math.sqrt(blocks.length);
  for (const { layers, from, to } of blocks.reverse()) {
    const inner = new Sequential(layers.slice(from, to));
    layers.splice(from, to - from, new Residual({ inner, scale }));
  }
  return blocks.length;
}

/**
 * Shortcuts beside blocks of layers: gradients pass them by.
 *
 * @example
 * const { model: treated } = treat(model, addShortcuts(), { batch });
 * diagnose(treated, batch, crossEntropy).flow.totalFactor > 0.1; // true
 */
export function addShortcuts(): Remedy<Treatment> {
  return {
    name: "shortcuts",
    cures: ofGradients,
    code: "insertShortcuts(model, batch.inputs);",
    measure: "flow",
    suits: causedBy("operation"),
    apply: ({ model, batch }) => {
      insertShortcuts(model, batch.inputs);
    },
  };
}
