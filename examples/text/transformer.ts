import { type Generator, gelu, reshape, slice, type Tensor } from "@isograd/autograd";
import { Embedding, LayerNorm, Linear, Module, RotaryEmbedding, TransformerEncoder } from "@isograd/nn";

export interface TransformerSizes {
  readonly alphabet: number;
  readonly features: number;
  readonly heads: number;
  readonly layers: number;
  readonly dropout: number;
}

/**
 * Sees a window of text [batch, length] at once, and says of each character what comes behind it: [batch · last, alphabet]. Each position sees those before it
 * alone; how far apart two are is told by turning queries and keys.
 */
export class CharacterTransformer extends Module<readonly [x: Tensor, last?: number]> {
  readonly embedding: Embedding;
  readonly layers: TransformerEncoder;
  readonly output: Linear;

  constructor({ alphabet, features, heads, layers, dropout }: TransformerSizes, generator: Generator) {
    super();
    this.embedding = new Embedding({ numEmbeddings: alphabet, embeddingDim: features, generator });
    this.layers = new TransformerEncoder({
      numLayers: layers,
      dModel: features,
      nhead: heads,
      dimFeedforward: 4 * features,
      dropout,
      activation: gelu,
      batchFirst: true,
      normFirst: true,
      norm: new LayerNorm({ normalizedShape: features }),
      rotary: new RotaryEmbedding({ features: features / heads }),
      generator,
    });
    this.output = new Linear({ inFeatures: features, outFeatures: alphabet, generator });
  }

  /** @param last of how many positions at the end of each window logits are wanted; default: all */
  forward(x: Tensor, last = x.shape[1]): Tensor {
    const seen = this.layers.call(this.embedding.call(x), { srcCausal: true });
    const [batch, length, features] = seen.shape;
    const wanted = last === length ? seen : slice(seen, 1, { start: length - last });
    return this.output.call(reshape(wanted, [batch * last, features]));
  }
}
