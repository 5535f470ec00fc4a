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

/** What positions of the source may not see of each other; see `AttentionMasks`. */
export interface EncoderMasks {
  /** [length, length], or [batch · heads, length, length]. */
  readonly srcMask?: Tensor | null;
  /** [batch, length]. */
  readonly srcKeyPaddingMask?: Tensor | null;
  /** Whether a position sees itself and those before it alone; default false. */
  readonly srcCausal?: boolean;
}

/**
 * A sequence attends to itself, then each position goes through two linear maps.
 *
 * [length, batch, dModel], or [batch, length, dModel] with `batchFirst`, or [length, dModel] -> the same.
 *
 * @throws ArgumentError unless `nhead` divides `dModel`; ShapeError or DtypeError when called, if input or masks do not fit
 * @see Vaswani et al. 2017, "Attention is all you need"; torch.nn.TransformerEncoderLayer
 * @example
 * const layer = new TransformerEncoderLayer({ dModel: 16, nhead: 4, batchFirst: true, normFirst: true, activation: gelu });
 * layer.call(full([2, 5, 16], 1), { srcCausal: true }).shape; // [2, 5, 16]
 */
export class TransformerEncoderLayer extends TransformerLayer<readonly [src: Tensor, masks?: EncoderMasks]> {
  readonly selfAttn: MultiheadAttention;
  readonly linear1: Linear;
  readonly dropout: Dropout;
  readonly linear2: Linear;
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;
  readonly dropout1: Dropout;
  readonly dropout2: Dropout;

  constructor(options: TransformerLayerOptions) {
    super(options);
    const settings = settingsOf("TransformerEncoderLayer", options);
    this.selfAttn = attentionOf(settings, settings.rotary);
    this.linear1 = mapOf(settings, "in");
    this.dropout = dropoutOf(settings);
    this.linear2 = mapOf(settings, "out");
    this.norm1 = normOf(settings);
    this.norm2 = normOf(settings);
    this.dropout1 = dropoutOf(settings);
    this.dropout2 = dropoutOf(settings);
  }

  forward(src: Tensor, { srcMask, srcKeyPaddingMask, srcCausal }: EncoderMasks = {}): Tensor {
    const { selfAttn, linear1, dropout, linear2, activation } = this;
    const masks = { attnMask: srcMask, keyPaddingMask: srcKeyPaddingMask, causal: srcCausal };
    const attended = this.around(src, this.norm1, this.dropout1, (x) => {
      return selfAttn.call(x, x, x, { ...masks, needWeights: false }).output;
    });
    return this.around(attended, this.norm2, this.dropout2, (x) =>
      linear2.call(dropout.call(activation(linear1.call(x)))),
    );
  }
}

export interface TransformerEncoderOptions extends TransformerLayerOptions {
  readonly numLayers: number;
  /** What follows the last layer, as for layers with `normFirst`; default: nothing. */
  readonly norm?: Module | null;
}

/**
 * Encoder layers one after the other, `layers.0`, `layers.1`, ..., each with weights drawn for itself.
 *
 * [length, batch, dModel], or [batch, length, dModel] with `batchFirst`, or [length, dModel] -> the same.
 *
 * @throws ArgumentError unless numLayers is a positive integer, and `nhead` divides `dModel`
 * @see Vaswani et al. 2017, "Attention is all you need"; torch.nn.TransformerEncoder, which copies one layer
 * @example
 * const encoder = new TransformerEncoder({ numLayers: 2, dModel: 16, nhead: 4, dimFeedforward: 32, batchFirst: true });
 * encoder.call(full([2, 5, 16], 1)).shape; // [2, 5, 16]
 */
export class TransformerEncoder extends Module<readonly [src: Tensor, masks?: EncoderMasks]> {
  readonly layers: TransformerEncoderLayer[];
  readonly norm: Module | null;

  constructor({ numLayers, norm = null, ...options }: TransformerEncoderOptions) {
    super();
    const settings = settingsOf("TransformerEncoder", options);
    const length = checkExtent("TransformerEncoder", "numLayers", numLayers);
    this.layers = Array.from({ length }, () => new TransformerEncoderLayer(settings));
    this.norm = norm;
  }

  forward(src: Tensor, masks: EncoderMasks = {}): Tensor {
    let result = src;
    for (const layer of this.layers) result = layer.call(result, masks);
    return this.norm === null ? result : this.norm.call(result);
  }
}
