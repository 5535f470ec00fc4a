import { ArgumentError, type Tensor } from "@isograd/autograd";
import type { Module } from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { Treatment } from "../treatment.ts";
import { blocksOf } from "./blocks.ts";
import { causedBy, ofGradients } from "./faults.ts";

/**
 * Takes layers out of the `Sequential`s of `model`, evenly, and only where what stands behind one takes what stood in front of it.
 *
 * @param inputs a batch, to see shapes by
 * @param share of the layers that could go, how many stay: between 0 and 1
 * @returns how many layers with weights are gone
 * @throws ArgumentError where none can go
 * @example
 * removeLayers(model.clone(), batch.inputs, 0.25); // 6
 */
export function removeLayers(model: Module, inputs: Tensor, share: number): number {
  const blocks = blocksOf(model, inputs);
  const kept = Math.ceil(share * blocks.length);
  const stays = (k: number): boolean =>
    Math.floor(((k + 1) * kept) / blocks.length) > Math.floor((k * kept) / blocks.length);
  const gone = blocks.filter((_, k) => !stays(k));
  if (gone.length === 0)
    throw new ArgumentError(
      "removeLayers",
      "expected layers in a Sequential that the others can do without",
      model,
    );
  for (const { layers, from, to } of gone.reverse()) layers.splice(from, to - from);
  return gone.length;
}

/**
 * Fewer layers: a quarter or a tenth of those that could go.
 *
 * @example
 * reduceDepth([0.5]).map(({ code }) => code); // ["removeLayers(model, batch.inputs, 0.5);"]
 */
export function reduceDepth(shares: readonly number[] = [0.25, 0.1]): Remedy<Treatment>[] {
  return shares.map((share) => ({
    name: `layers times ${share}`,
    cures: ofGradients,
    code: `removeLayers(model, batch.inputs, ${share});`,
    measure: "flow",
    suits: causedBy("operation"),
    apply: ({ model, batch }) => {
      removeLayers(model, batch.inputs, share);
    },
  }));
}
