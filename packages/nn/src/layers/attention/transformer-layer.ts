import { ArgumentError, add, type Generator, relu, type Tensor } from "@isograd/autograd";
import { nextGenerator } from "../../initializers/default-generator.ts";
import { Module } from "../../module/module.ts";
import { Dropout } from "../dropout/dropout.ts";
import { checkExtent } from "../extent.ts";
import { Linear } from "../linear.ts";
import { LayerNorm } from "../normalization/layer-norm.ts";
import type { WeightOptions } from "../weighted.ts";
import { MultiheadAttention } from "./multihead-attention.ts";
import type { RotaryEmbedding } from "./rotary-embedding.ts";

/** What weights begin with is up to the layers of which they are, unless it is said. */
export interface TransformerLayerOptions extends Omit<WeightOptions, "bias"> {
  /** How many features go in and come out. */
  readonly dModel: number;
  /** How many heads attend. */
  readonly nhead: number;
  /** How many units are between the two maps that follow attention; default 2048. */
  readonly dimFeedforward?: number;
  /** How likely, in training, elements, attention weights among them, are to become 0; default 0.1. */
  readonly dropout?: number;
  /** Of the units between; default ReLU. */
  readonly activation?: (x: Tensor) => Tensor;
  /** Added to the variance in normalisations; default 1e-5. */
  readonly layerNormEps?: number;
  /** Whether inputs and results are [batch, length, features] instead of [length, batch, features]; default false. */
  readonly batchFirst?: boolean;
  /** Whether each part normalises what it reads instead of the sum that it leaves; default false. */
  readonly normFirst?: boolean;
  /** Turns queries and keys by their positions where a sequence attends to itself; default: none. */
  readonly rotary?: RotaryEmbedding | null;
}

/** The options with which the parts of a layer are made. */
export interface LayerSettings extends TransformerLayerOptions {
  readonly generator: Generator;
}

/** The settings of a layer, or of a stack of them that share one generator. @throws ArgumentError unless dModel is a positive integer */
export function settingsOf<O extends TransformerLayerOptions>(
  name: string,
  options: O,
): O & { readonly generator: Generator } {
  checkExtent(name, "dModel", options.dModel);
  return { ...options, generator: options.generator ?? nextGenerator() };
}

/** Attention within its own and perhaps another sequence, then two linear maps; around each part a shortcut. */
export abstract class TransformerLayer<Inputs extends readonly unknown[]> extends Module<Inputs> {
  readonly normFirst: boolean;
  readonly activation: (x: Tensor) => Tensor;

  constructor({ normFirst = false, activation = relu }: TransformerLayerOptions) {
    super();
    if (typeof activation !== "function")
      throw new ArgumentError("TransformerLayer", "expected an activation, a function", activation);
    this.normFirst = normFirst;
    this.activation = activation;
  }

  /** x + part(x), normalised before or behind. */
  protected around(x: Tensor, norm: LayerNorm, dropout: Dropout, part: (x: Tensor) => Tensor): Tensor {
    return this.normFirst
      ? add(x, dropout.call(part(norm.call(x))))
      : norm.call(add(x, dropout.call(part(x))));
  }
}

export function attentionOf(
  {
    dModel,
    nhead,
    dropout = usualDropout,
    batchFirst,
    weightInit,
    biasInit,
    dtype,
    generator,
  }: LayerSettings,
  rotary: RotaryEmbedding | null = null,
): MultiheadAttention {
  return new MultiheadAttention({
    embedDim: dModel,
    numHeads: nhead,
    dropout,
    batchFirst,
    weightInit,
    biasInit,
    dtype,
    generator,
    rotary,
  });
}

export function mapOf(settings: LayerSettings, direction: "in" | "out"): Linear {
  const { dModel, dimFeedforward = 2048, weightInit, biasInit, dtype, generator } = settings;
  const [inFeatures, outFeatures] = direction === "in" ? [dModel, dimFeedforward] : [dimFeedforward, dModel];
  return new Linear({ inFeatures, outFeatures, weightInit, biasInit, dtype, generator });
}

export const normOf = ({ dModel, layerNormEps, dtype }: TransformerLayerOptions): LayerNorm =>
  new LayerNorm({ normalizedShape: dModel, eps: layerNormEps, dtype });

export const dropoutOf = ({ dropout = usualDropout, generator }: LayerSettings): Dropout =>
  new Dropout({ probability: dropout, generator });

const usualDropout = 0.1;
