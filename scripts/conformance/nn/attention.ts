import { activationByName, type Tensor } from "@isograd/autograd";
import {
  type AttentionResult,
  MultiheadAttention,
  Transformer,
  TransformerDecoder,
  TransformerDecoderLayer,
  TransformerEncoder,
  TransformerEncoderLayer,
} from "@isograd/nn";
import { like, type ModuleEntry } from "./module-entry.ts";

/** Activations are functions here, and masks, which PyTorch takes one behind the other, have names. */
const layered = (
  Layer: Parameters<typeof like>[0],
  tensors: number,
  masks: readonly string[],
): ModuleEntry => ({
  make: ({ activation = "relu", ...options }) =>
    like(Layer).make({ ...options, activation: activationByName(activation) }),
  call: (layer: { call(...inputs: unknown[]): Tensor }, inputs: readonly Tensor[]) =>
    layer.call(
      ...inputs.slice(0, tensors),
      Object.fromEntries(inputs.slice(tensors).map((mask, k) => [masks[k], mask])),
    ),
});

const ofEncoder = ["srcMask", "srcKeyPaddingMask"];
const ofDecoder = ["tgtMask", "memoryMask", "tgtKeyPaddingMask", "memoryKeyPaddingMask"];
const ofBoth = [
  ...["srcMask", "tgtMask", "memoryMask"],
  ...["srcKeyPaddingMask", "tgtKeyPaddingMask", "memoryKeyPaddingMask"],
];

export const attention: Readonly<Record<string, ModuleEntry>> = {
  MultiheadAttention: {
    ...like(MultiheadAttention),
    call: (layer: MultiheadAttention, [query, key, value, keyPaddingMask]: readonly Tensor[]) =>
      layer.call(query, key, value, { keyPaddingMask }),
    outputs: ({ output, weights }: AttentionResult) => [output, weights],
  },
  TransformerEncoderLayer: layered(TransformerEncoderLayer, 1, ofEncoder),
  TransformerEncoder: layered(TransformerEncoder, 1, ofEncoder),
  TransformerDecoderLayer: layered(TransformerDecoderLayer, 2, ofDecoder),
  TransformerDecoder: layered(TransformerDecoder, 2, ofDecoder),
  Transformer: layered(Transformer, 2, ofBoth),
};
