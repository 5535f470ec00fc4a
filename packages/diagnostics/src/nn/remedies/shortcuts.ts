import { ArgumentError, full, parameter, type Tensor } from "@isograd/autograd";
import { type Module, Residual, Sequential } from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { Treatment } from "../treatment.ts";
import { blocksOf } from "./blocks.ts";
import { causedBy, ofGradients } from "./faults.ts";

/**
 * Puts a shortcut beside all that stands behind the weights of a `Sequential` of `model` up to its next ones, where these leave the shape of `inputs`
 * as it is: normalisation and activation in front of the weights, as in pre-activation residual networks. What n of them add is scaled by 1/√n.
 *
 * @param inputs  a batch, to see shapes by
 * @param options `learnt`: each scale is a parameter instead, which begins at 1/n
 * @returns how many
 * @throws ArgumentError where there is no place for one
 * @see He et al. 2016, "Identity mappings in deep residual networks"; Hayou et al. 2021, "Stable ResNet"; De, Smith 2020, "Batch
 * normalization biases residual blocks towards the identity function in deep networks" (learnt scales)
 * @example
 * insertShortcuts(model.clone(), batch.inputs); // 8
 */
export function insertShortcuts(
  model: Module,
  inputs: Tensor,
  { learnt = false }: { readonly learnt?: boolean } = {},
): number {
  const blocks = blocksOf(model, inputs);
  if (blocks.length === 0)
    throw new ArgumentError(
      "insertShortcuts",
      "expected blocks in a Sequential that leave the shape as it is",
      model,
    );
  const count = blocks.length;
  const [{ dtype }] = model.parameters();
  for (const { layers, from, to } of blocks.reverse()) {
    const inner = new Sequential(layers.slice(from, to));
    const scale = learnt ? parameter(full([], 1 / count, dtype)) : 1 / Math.sqrt(count);
    layers.splice(from, to - from, new Residual({ inner, scale }));
  }
  return count;
}

/**
 * Shortcuts beside blocks of layers, scaled for good or by numbers that are learnt: gradients pass the blocks by.
 *
 * @example
 * addShortcuts().map(({ name }) => name); // ["shortcuts", "shortcuts with learnt scales"]
 * const { model: treated } = treat(model, addShortcuts()[0], { batch });
 * diagnose(treated, batch, crossEntropy).flow.totalFactor > 0.1; // true
 */
export function addShortcuts(): Remedy<Treatment>[] {
  return [false, true].map((learnt) => ({
    name: learnt ? "shortcuts with learnt scales" : "shortcuts",
    cures: ofGradients,
    code: `insertShortcuts(model, batch.inputs${learnt ? ", { learnt: true }" : ""});`,
    measure: "flow",
    suits: causedBy("operation"),
    apply: ({ model, batch }) => {
      insertShortcuts(model, batch.inputs, { learnt });
    },
  }));
}
