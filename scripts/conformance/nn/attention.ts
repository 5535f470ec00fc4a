import { activationByName, type Tensor } from "@isograd/autograd";
import {
  type AttentionResult,
  MultiheadAttention,
  Transformer,
  TransformerDecoderLayer,
  TransformerEncoderLayer,
} from "@isograd/nn";
import { like, type ModuleEntry } from "./module-entry.ts";

/** Activations are functions here. */
const layered = (Layer: Parameters<typeof like>[0]): ModuleEntry => ({
  make: ({ activation = "relu", ...options }) =>
    like(Layer).make({ ...options, activation: activationByName(activation) }),
});

export const attention: Readonly<Record<string, ModuleEntry>> = {
  MultiheadAttention: {
    ...like(MultiheadAttention),
    call: (layer: MultiheadAttention, [query, key, value]: readonly Tensor[]) =>
      layer.call(query, key, value),
    outputs: ({ output, weights }: AttentionResult) => [output, weights],
  },
  TransformerEncoderLayer: layered(TransformerEncoderLayer),
  TransformerDecoderLayer: layered(TransformerDecoderLayer),
  Transformer: layered(Transformer),
};
