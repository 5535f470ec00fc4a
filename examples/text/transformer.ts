import { add, type Generator, gelu, reshape, slice, type Tensor, transpose } from "@isograd/autograd";
import {
  Conv1d,
  Embedding,
  LayerNorm,
  Linear,
  Module,
  RotaryEmbedding,
  Sequential,
  TransformerEncoder,
  ZeroPad1d,
} from "@isograd/nn";

export interface TransformerSizes {
  readonly alphabet: number;
  readonly features: number;
  /** How many characters before each one it is told of at once, before anything attends. */
  readonly reach: number;
  readonly heads: number;
  readonly layers: number;
  readonly dropout: number;
}

/**
 * Sees a window of text [batch, length] at once, and says of each character what comes behind it: [batch · last, alphabet]. Each position sees those before it
 * alone; how far apart two are is told by turning queries and keys. Its nearest neighbours a convolution adds to it: to find them by attention takes long to learn.
 */
export class CharacterTransformer extends Module<readonly [x: Tensor, last?: number]> {
  readonly embedding: Embedding;
  readonly nearest: Sequential;
  readonly layers: TransformerEncoder;
  readonly output: Linear;

  constructor({ alphabet, features, reach, heads, layers, dropout }: TransformerSizes, generator: Generator) {
    super();
    this.embedding = new Embedding({ numEmbeddings: alphabet, embeddingDim: features, generator });
    const channels = { inChannels: features, outChannels: features };
    this.nearest = new Sequential([
      new ZeroPad1d({ padding: [[reach, 0]] }),
      new Conv1d({ ...channels, kernelSize: reach + 1, generator }),
    ]);
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
    const alone = this.embedding.call(x);
    const nearest = transpose(this.nearest.call(transpose(alone, 1, 2)), 1, 2);
    const seen = this.layers.call(add(alone, nearest), { srcCausal: true });
    const [batch, length, features] = seen.shape;
    const wanted = last === length ? seen : slice(seen, 1, { start: length - last });
    return this.output.call(reshape(wanted, [batch * last, features]));
  }
}
