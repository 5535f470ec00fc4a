import { initializeFromData, type Module, weightNorm } from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { Treatment } from "../treatment.ts";

/**
 * Weight normalization of every layer with a weight matrix, its lengths and biases set from the batch.
 *
 * Without data-dependent initialisation it changes nothing: g begins as ‖v‖.
 *
 * @see Salimans, Kingma 2016, "Weight normalization"
 */
export function normalizeWeights(): Remedy<Treatment> {
  return {
    name: "weight normalization",
    cures: ["vanishing", "exploding", "dead", "saturated"],
    code: "for (const layer of model.modules()) if (layer instanceof Linear) weightNorm(layer);\ninitializeFromData(model, batch.inputs);",
    measure: "flow",
    apply: ({ model, batch }) => {
      for (const layer of weighted(model)) weightNorm(layer);
      initializeFromData(model, batch.inputs);
    },
  };
}

/** The layers that hold a weight of rank 2 or more and say where their outputs are counted. */
function weighted(model: Module): Module[] {
  return model.modules().flatMap((module) => {
    const { weight, outputAxis } = module as unknown as {
      readonly weight?: { readonly rank: number };
      readonly outputAxis?: number;
    };
    return weight !== undefined && weight.rank >= 2 && outputAxis !== undefined
      ? [module as unknown as Module]
      : [];
  });
}
