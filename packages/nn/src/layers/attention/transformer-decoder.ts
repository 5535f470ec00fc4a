import type { Tensor } from "@isograd/autograd";
import { Module } from "../../module/module.ts";
import type { Dropout } from "../dropout/dropout.ts";
import { checkExtent } from "../extent.ts";
import type { Linear } from "../linear.ts";
import type { LayerNorm } from "../normalization/layer-norm.ts";
import type { MultiheadAttention } from "./multihead-attention.ts";
import {
  attentionOf,
  dropoutOf,
  mapOf,
  normOf,
  settingsOf,
  TransformerLayer,
  type TransformerLayerOptions,
} from "./transformer-layer.ts";

/** What positions of the target may not see of each other and of the memory; see `AttentionMasks`. */
export interface DecoderMasks {
  /** [length, length], or [batch · heads, length, length]. */
  readonly tgtMask?: Tensor | null;
  /** [length, memory length], or [batch · heads, length, memory length]. */
  readonly memoryMask?: Tensor | null;
  /** [batch, length]. */
  readonly tgtKeyPaddingMask?: Tensor | null;
  /** [batch, memory length]. */
  readonly memoryKeyPaddingMask?: Tensor | null;
  /** Whether a position sees itself and those before it alone; default false. */
  readonly tgtCausal?: boolean;
  /** Whether a position sees the memory up to its own place alone; default false. */
  readonly memoryCausal?: boolean;
}

/**
 * A sequence attends to itself, then to what an encoder made of another, then each position goes through two linear maps.
 *
 * Target and memory [length, batch, dModel], or [batch, length, dModel] with `batchFirst`, or [length, dModel] -> the shape of the target.
 *
 * @throws ArgumentError unless `nhead` divides `dModel`; ShapeError or DtypeError when called, if inputs or masks do not fit
 * @see Vaswani et al. 2017, "Attention is all you need"; torch.nn.TransformerDecoderLayer
 * @example
 * const layer = new TransformerDecoderLayer({ dModel: 16, nhead: 4, dimFeedforward: 32, batchFirst: true });
 * const [target, memory] = [full([2, 5, 16], 1), full([2, 7, 16], 1)];
 * layer.call(target, memory, { tgtCausal: true }).shape; // [2, 5, 16]
 */
export class TransformerDecoderLayer extends TransformerLayer<
  readonly [tgt: Tensor, memory: Tensor, masks?: DecoderMasks]
> {
  readonly selfAttn: MultiheadAttention;
  readonly multiheadAttn: MultiheadAttention;
  readonly linear1: Linear;
  readonly dropout: Dropout;
  readonly linear2: Linear;
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;
  readonly norm3: LayerNorm;
  readonly dropout1: Dropout;
  readonly dropout2: Dropout;
  readonly dropout3: Dropout;

  constructor(options: TransformerLayerOptions) {
    super(options);
    const settings = settingsOf("TransformerDecoderLayer", options);
    this.selfAttn = attentionOf(settings, settings.rotary);
    this.multiheadAttn = attentionOf(settings);
    this.linear1 = mapOf(settings, "in");
    this.dropout = dropoutOf(settings);
    this.linear2 = mapOf(settings, "out");
    this.norm1 = normOf(settings);
    this.norm2 = normOf(settings);
    this.norm3 = normOf(settings);
    this.dropout1 = dropoutOf(settings);
    this.dropout2 = dropoutOf(settings);
    this.dropout3 = dropoutOf(settings);
  }

  forward(tgt: Tensor, memory: Tensor, masks: DecoderMasks = {}): Tensor {
    const { selfAttn, multiheadAttn, linear1, dropout, linear2, activation } = this;
    const own = {
      attnMask: masks.tgtMask,
      keyPaddingMask: masks.tgtKeyPaddingMask,
      causal: masks.tgtCausal,
      needWeights: false,
    };
    const across = {
      attnMask: masks.memoryMask,
      keyPaddingMask: masks.memoryKeyPaddingMask,
      causal: masks.memoryCausal,
      needWeights: false,
    };
    const attended = this.around(tgt, this.norm1, this.dropout1, (x) => selfAttn.call(x, x, x, own).output);
    const informed = this.around(attended, this.norm2, this.dropout2, (x) => {
      return multiheadAttn.call(x, memory, memory, across).output;
    });
    return this.around(informed, this.norm3, this.dropout3, (x) =>
      linear2.call(dropout.call(activation(linear1.call(x)))),
    );
  }
}

export interface TransformerDecoderOptions extends TransformerLayerOptions {
  readonly numLayers: number;
  /** What follows the last layer, as for layers with `normFirst`; default: nothing. */
  readonly norm?: Module | null;
}

/**
 * Decoder layers one after the other, `layers.0`, `layers.1`, ..., each with weights drawn for itself.
 *
 * Target and memory [length, batch, dModel], or [batch, length, dModel] with `batchFirst`, or [length, dModel] -> the shape of the target.
 *
 * @throws ArgumentError unless numLayers is a positive integer, and `nhead` divides `dModel`
 * @see Vaswani et al. 2017, "Attention is all you need"; torch.nn.TransformerDecoder, which copies one layer
 * @example
 * const decoder = new TransformerDecoder({ numLayers: 2, dModel: 16, nhead: 4, dimFeedforward: 32, batchFirst: true });
 * const [target, memory] = [full([2, 5, 16], 1), full([2, 7, 16], 1)];
 * decoder.call(target, memory, { tgtCausal: true }).shape; // [2, 5, 16]
 */
export class TransformerDecoder extends Module<readonly [tgt: Tensor, memory: Tensor, masks?: DecoderMasks]> {
  readonly layers: TransformerDecoderLayer[];
  readonly norm: Module | null;

  constructor({ numLayers, norm = null, ...options }: TransformerDecoderOptions) {
    super();
    const settings = settingsOf("TransformerDecoder", options);
    const length = checkExtent("TransformerDecoder", "numLayers", numLayers);
    this.layers = Array.from({ length }, () => new TransformerDecoderLayer(settings));
    this.norm = norm;
  }

  forward(tgt: Tensor, memory: Tensor, masks: DecoderMasks = {}): Tensor {
    let result = tgt;
    for (const layer of this.layers) result = layer.call(result, memory, masks);
    return this.norm === null ? result : this.norm.call(result);
  }
}
