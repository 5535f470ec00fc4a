import type { Tensor } from "@isograd/autograd";
import { Embedding, EmbeddingBag } from "@isograd/nn";
import { like, type ModuleEntry } from "./module-entry.ts";

const options = { padding_idx: "paddingIndex" };

export const embedding: Readonly<Record<string, ModuleEntry>> = {
  Embedding: { ...like(Embedding), options },
  EmbeddingBag: {
    ...like(EmbeddingBag),
    options,
    call: (layer: EmbeddingBag, [index, offsets, perSampleWeights]: readonly Tensor[]) =>
      layer.call(index, { offsets, perSampleWeights }),
  },
};
