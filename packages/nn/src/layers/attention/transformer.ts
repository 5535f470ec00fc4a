import type { Tensor } from "@isograd/autograd";
import { xavierUniform } from "../../initializers/variance-scaling.ts";
import { Module } from "../../module/module.ts";
import { type DecoderMasks, TransformerDecoder } from "./transformer-decoder.ts";
import { type EncoderMasks, TransformerEncoder } from "./transformer-encoder.ts";
import { normOf, settingsOf, type TransformerLayerOptions } from "./transformer-layer.ts";

/** Weights are by default uniform by Xavier. */
export interface TransformerOptions extends Partial<TransformerLayerOptions> {
  /** Default 6. */
  readonly numEncoderLayers?: number;
  /** Default 6. */
  readonly numDecoderLayers?: number;
}

export interface TransformerMasks extends EncoderMasks, DecoderMasks {}

/**
 * An encoder of a source, and a decoder that makes of it what follows a target; by default with 512 features and 8 heads.
 *
 * Source and target [length, batch, dModel], or [batch, length, dModel] with `batchFirst`, or [length, dModel] -> the shape of the target.
 *
 * @throws ArgumentError unless `nhead` divides `dModel`; ShapeError or DtypeError when called, if inputs or masks do not fit
 * @see Vaswani et al. 2017, "Attention is all you need"; torch.nn.Transformer
 * @example
 * const sizes = { dModel: 16, nhead: 4, numEncoderLayers: 2, numDecoderLayers: 2, dimFeedforward: 32 };
 * const transformer = new Transformer({ ...sizes, batchFirst: true });
 * const [source, target] = [full([2, 7, 16], 1), full([2, 5, 16], 1)];
 * transformer.call(source, target, { tgtCausal: true }).shape; // [2, 5, 16]
 */
export class Transformer extends Module<readonly [src: Tensor, tgt: Tensor, masks?: TransformerMasks]> {
  readonly encoder: TransformerEncoder;
  readonly decoder: TransformerDecoder;

  constructor({ numEncoderLayers = 6, numDecoderLayers = 6, ...options }: TransformerOptions = {}) {
    super();
    const { dModel = 512, nhead = 8, weightInit = xavierUniform() } = options;
    const settings = settingsOf("Transformer", { ...options, dModel, nhead, weightInit });
    const norm = (): Module => normOf(settings);
    this.encoder = new TransformerEncoder({ ...settings, numLayers: numEncoderLayers, norm: norm() });
    this.decoder = new TransformerDecoder({ ...settings, numLayers: numDecoderLayers, norm: norm() });
  }

  forward(src: Tensor, tgt: Tensor, masks: TransformerMasks = {}): Tensor {
    return this.decoder.call(tgt, this.encoder.call(src, masks), masks);
  }
}
