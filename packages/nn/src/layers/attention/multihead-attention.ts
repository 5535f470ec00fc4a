import {
  ArgumentError,
  concat,
  expand,
  type Generator,
  linear,
  mean,
  parameter,
  permute,
  reshape,
  ShapeError,
  scaledDotProductAttention,
  slice,
  split,
  squeeze,
  type Tensor,
  zeros as zerosOf,
} from "@isograd/autograd";
import { zeros } from "../../initializers/constant.ts";
import { nextGenerator } from "../../initializers/default-generator.ts";
import { fanInUniform } from "../../initializers/variance-scaling.ts";
import { draw, type Initial } from "../../module/initial.ts";
import { Module } from "../../module/module.ts";
import { checkExtent } from "../extent.ts";
import { Linear } from "../linear.ts";
import {
  type AttentionCall,
  type AttentionResult,
  beginningsOf,
  type MultiheadAttentionOptions,
} from "./attention-options.ts";
import { composeMasks } from "./masks.ts";
import type { RotaryEmbedding } from "./rotary-embedding.ts";

/**
 * Values averaged by how well their keys fit each query, in several subspaces at once.
 *
 * Queries [length, batch, embedDim], keys [keys, batch, kdim] and values [keys, batch, vdim]; batch comes first with `batchFirst`, and may be missing in all.
 * Keys are by default the queries, values the keys. Learns `inProjWeight` [3 · embedDim, embedDim], or `qProjWeight`, `kProjWeight` and `vProjWeight`
 * where features differ, `inProjBias` [3 · embedDim], `outProj`, and `biasK` and `biasV` [1, 1, embedDim] with `addBiasKv`.
 *
 * A query that may see no key gives NaN, as in PyTorch.
 *
 * @throws ArgumentError unless the heads divide the features; ShapeError or DtypeError when called, if inputs or masks do not fit
 * @see Vaswani et al. 2017, "Attention is all you need"; torch.nn.MultiheadAttention
 * @example
 * const attention = new MultiheadAttention({ embedDim: 16, numHeads: 4, batchFirst: true });
 * const x = full([2, 5, 16], 1);
 * const { output, weights } = attention.call(x, x, x, { causal: true });
 * output.shape; // [2, 5, 16]
 * select(select(weights!, 0, 0), 0, 1); // [0.5, 0.5, 0, 0, 0]
 */
export class MultiheadAttention extends Module<
  readonly [query: Tensor, key?: Tensor, value?: Tensor, call?: AttentionCall],
  AttentionResult
> {
  readonly numHeads: number;
  readonly batchFirst: boolean;
  readonly addZeroAttn: boolean;
  readonly dropout: number;
  readonly generator: Generator;
  readonly inProjWeight: Tensor | null;
  readonly qProjWeight: Tensor | null;
  readonly kProjWeight: Tensor | null;
  readonly vProjWeight: Tensor | null;
  readonly inProjBias: Tensor | null;
  readonly outProj: Linear;
  readonly biasK: Tensor | null;
  readonly biasV: Tensor | null;
  readonly rotary: RotaryEmbedding | null;
  private readonly beginnings: Readonly<Record<string, Initial>>;
  /** Features of queries, keys and values. */
  private readonly widths: readonly [number, number, number];

  constructor(options: MultiheadAttentionOptions) {
    super();
    const { numHeads, dropout = 0, bias = true, generator = nextGenerator(), dtype = "f32" } = options;
    const embedDim = checkExtent("MultiheadAttention", "embedDim", options.embedDim);
    checkExtent("MultiheadAttention", "numHeads", numHeads);
    if (embedDim % numHeads !== 0)
      throw new ArgumentError(
        "MultiheadAttention",
        `expected heads that divide ${embedDim} features`,
        numHeads,
      );
    if (!(dropout >= 0 && dropout <= 1))
      throw new ArgumentError("MultiheadAttention", "expected a dropout within [0, 1]", dropout);
    this.widths = [
      embedDim,
      checkExtent("MultiheadAttention", "kdim", options.kdim ?? embedDim),
      checkExtent("MultiheadAttention", "vdim", options.vdim ?? embedDim),
    ];
    this.numHeads = numHeads;
    this.batchFirst = options.batchFirst ?? false;
    this.addZeroAttn = options.addZeroAttn ?? false;
    this.dropout = dropout;
    this.beginnings = beginningsOf(options, this.widths);
    const begin = (name: string): Tensor | null =>
      Object.hasOwn(this.beginnings, name) ? parameter(draw(this.beginnings[name], generator)) : null;
    this.inProjWeight = begin("inProjWeight");
    this.qProjWeight = begin("qProjWeight");
    this.kProjWeight = begin("kProjWeight");
    this.vProjWeight = begin("vProjWeight");
    this.inProjBias = begin("inProjBias");
    const { weightInit = fanInUniform, biasInit = zeros } = options;
    const features = { inFeatures: embedDim, outFeatures: embedDim };
    this.outProj = new Linear({ ...features, bias, weightInit, biasInit, dtype, generator });
    this.biasK = begin("biasK");
    this.biasV = begin("biasV");
    this.rotary = options.rotary ?? null;
    this.generator = generator;
  }

  forward(
    query: Tensor,
    key: Tensor = query,
    value: Tensor = key,
    { needWeights = true, averageAttnWeights = true, ...masks }: AttentionCall = {},
  ): AttentionResult {
    this.check(query, key, value);
    const { numHeads, batchFirst, dropout, generator, rotary } = this;
    const single = query.rank === 2;
    const heads = (x: Tensor): Tensor => {
      const [first, second, width] = single ? [1, ...x.shape] : x.shape;
      const apart = reshape(x, [first, second, numHeads, width / numHeads]);
      return permute(apart, single || batchFirst ? [0, 2, 1, 3] : [1, 2, 0, 3]);
    };
    const [q, k, v] = this.project(query, key, value).map(heads);
    const turn = (x: Tensor): Tensor => (rotary === null ? x : rotary.call(x));
    const keys = this.append(turn(k), this.biasK);
    const values = this.append(v, this.biasV);
    const [batch, , queries] = q.shape;
    const count = k.shape[2];
    const appended = keys.shape[2] - count;
    // What is appended everybody sees, so that then the mask says more than that it is causal.
    const causal = masks.causal === true && appended === 0;
    const { value: attended, weights } = scaledDotProductAttention(turn(q), keys, values, {
      causal,
      mask: composeMasks("MultiheadAttention", causal ? { ...masks, causal: false } : masks, {
        batch,
        heads: numHeads,
        queries,
        keys: count,
        appended,
      }),
      dropout: this.training && dropout > 0 ? { probability: dropout, generator } : null,
    });
    const joined = permute(attended, single || batchFirst ? [0, 2, 1, 3] : [2, 0, 1, 3]);
    const output = this.outProj.call(reshape(joined, query.shape));
    if (!needWeights) return { output, weights: null };
    const shown = averageAttnWeights ? mean(weights, { axis: 1 }) : weights;
    return { output, weights: single ? squeeze(shown, 0) : shown };
  }

  /** Queries, keys and values, projected to embedDim features; what is the same tensor in one product. */
  private project(query: Tensor, key: Tensor, value: Tensor): Tensor[] {
    const { inProjWeight, inProjBias } = this;
    const [width] = this.widths;
    if (inProjWeight === null) {
      const biases = inProjBias === null ? [] : split(inProjBias, width);
      const weights = [this.qProjWeight, this.kProjWeight, this.vProjWeight] as Tensor[];
      return [query, key, value].map((x, k) => linear(x, weights[k], biases[k]));
    }
    const part = (x: Tensor, start: number, end: number): Tensor[] => {
      const range = { start: start * width, end: end * width };
      const projected = linear(x, slice(inProjWeight, 0, range), inProjBias && slice(inProjBias, 0, range));
      return split(projected, width, x.rank - 1);
    };
    if (key !== value) return [...part(query, 0, 1), ...part(key, 1, 2), ...part(value, 2, 3)];
    return query === key ? part(query, 0, 3) : [...part(query, 0, 1), ...part(key, 1, 3)];
  }

  /** Keys or values [batch, heads, length, features] with what is learnt and zeros behind them. */
  private append(x: Tensor, learnt: Tensor | null): Tensor {
    const [batch, heads, , features] = x.shape;
    const one = [batch, heads, 1, features];
    const parts = [x];
    if (learnt !== null) parts.push(expand(reshape(learnt, [1, heads, 1, features]), one));
    if (this.addZeroAttn) parts.push(zerosOf(one, x.dtype));
    return parts.length === 1 ? x : concat(parts, 2);
  }

  private check(query: Tensor, key: Tensor, value: Tensor): void {
    const { batchFirst, widths } = this;
    const axis = batchFirst ? 0 : 1;
    const inputs = [query, key, value];
    const fits =
      (query.rank === 2 || query.rank === 3) &&
      inputs.every(({ shape, rank }, k) => rank === query.rank && shape[rank - 1] === widths[k]) &&
      (query.rank === 2 || inputs.every(({ shape }) => shape[axis] === query.shape[axis])) &&
      key.shape.slice(0, -1).join() === value.shape.slice(0, -1).join();
    if (fits) return;
    const axes = batchFirst ? ["batch, queries", "batch, keys"] : ["queries, batch", "keys, batch"];
    const [q, k, v] = widths;
    throw new ShapeError(
      "MultiheadAttention",
      inputs.map(({ shape }) => shape),
      `expected [${axes[0]}, ${q}], [${axes[1]}, ${k}] and [${axes[1]}, ${v}], or all without batch`,
    );
  }

  override initials(): Readonly<Record<string, Initial>> {
    return { ...this.beginnings };
  }
}
