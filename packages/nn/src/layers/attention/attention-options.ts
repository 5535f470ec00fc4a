import type { Tensor } from "@isograd/autograd";
import { zeros } from "../../initializers/constant.ts";
import { xavierNormal, xavierUniform } from "../../initializers/variance-scaling.ts";
import type { Initial } from "../../module/initial.ts";
import type { WeightOptions } from "../weighted.ts";
import type { AttentionMasks } from "./masks.ts";
import type { RotaryEmbedding } from "./rotary-embedding.ts";

/** By default weights of the inputs, taken as one matrix, are uniform by Xavier, those of the output uniform within ±1/√embedDim, and biases 0. */
export interface MultiheadAttentionOptions extends WeightOptions {
  /** How many features queries and results have. */
  readonly embedDim: number;
  /** Into how many parts, each with weights of its own, the features are split. */
  readonly numHeads: number;
  /** How likely, in training, each weight is to become 0; default 0. */
  readonly dropout?: number;
  /** Whether to append a learnt key and value to those given; default false. */
  readonly addBiasKv?: boolean;
  /** Whether to append a key and a value of zeros; default false. */
  readonly addZeroAttn?: boolean;
  /** How many features keys have; default: embedDim. */
  readonly kdim?: number | null;
  /** How many features values have; default: embedDim. */
  readonly vdim?: number | null;
  /** Whether inputs and results are [batch, length, features] instead of [length, batch, features]; default false. */
  readonly batchFirst?: boolean;
  /** Turns queries and keys by their positions, head by head; default: none. */
  readonly rotary?: RotaryEmbedding | null;
}

export interface AttentionCall extends AttentionMasks {
  /** Whether the result has the weights; default true. */
  readonly needWeights?: boolean;
  /** Whether the weights are the mean over the heads; default true. */
  readonly averageAttnWeights?: boolean;
}

export interface AttentionResult {
  /** Of the shape of the queries. */
  readonly output: Tensor;
  /** [batch, queries, keys], or [batch, heads, queries, keys] head by head; null where they are not needed. */
  readonly weights: Tensor | null;
}

/** How what attention learns itself begins: all but the map of the output. */
export function beginningsOf(
  options: MultiheadAttentionOptions,
  [width, kdim, vdim]: readonly [number, number, number],
): Readonly<Record<string, Initial>> {
  const {
    bias = true,
    addBiasKv = false,
    weightInit = xavierUniform(),
    biasInit = zeros,
    dtype = "f32",
  } = options;
  const weight = (features: number): Initial => ({
    role: "weight",
    shape: [width, features],
    initializer: weightInit,
    dtype,
  });
  const appended: Initial = { role: "fixed", shape: [1, 1, width], initializer: xavierNormal(), dtype };
  const fans = { fanIn: width, fanOut: 3 * width };
  const packed: Initial = { ...weight(width), shape: [3 * width, width], ...fans };
  const own = { qProjWeight: weight(width), kProjWeight: weight(kdim), vProjWeight: weight(vdim) };
  return {
    ...(kdim === width && vdim === width ? { inProjWeight: packed } : own),
    ...(bias && {
      inProjBias: { role: "bias", shape: [3 * width], initializer: biasInit, dtype, ...fans },
    }),
    ...(addBiasKv && { biasK: appended, biasV: appended }),
  };
}
