import { initializeFromData, parametrizationsOf, weightNorm } from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { Treatment } from "../treatment.ts";
import { causedBy, ofGradients } from "./faults.ts";

/**
 * Weight normalization of every layer that says at which axis its outputs are counted, its lengths and biases set from the batch.
 *
 * Without data-dependent initialisation it changes nothing: g begins as ‖v‖.
 *
 * @see Salimans, Kingma 2016, "Weight normalization"
 * @example
 * const { model: cured } = treat(model, normalizeWeights(), { batch });
 * parametrizationsOf(cured.modules()[1]).weight instanceof WeightNorm; // true
 */
export function normalizeWeights(): Remedy<Treatment> {
  return {
    name: "weight normalization",
    cures: ofGradients,
    code: [
      "for (const layer of model.modules())",
      '  if ("outputAxis" in layer && parametrizationsOf(layer).weight === undefined) weightNorm(layer);',
      "initializeFromData(model, batch.inputs);",
    ].join("\n"),
    measure: "flow",
    suits: causedBy("weights", "bias"),
    apply: ({ model, batch }) => {
      for (const layer of model.modules())
        if ("outputAxis" in layer && parametrizationsOf(layer).weight === undefined) weightNorm(layer);
      initializeFromData(model, batch.inputs);
    },
  };
}
