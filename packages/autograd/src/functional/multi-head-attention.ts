import { ShapeError } from "../errors.ts";
import { reshape, transpose } from "../ops/movement/index.ts";
import type { Tensor } from "../tensor.ts";
import { type Attention, type AttentionSettings, scaledDotProductAttention } from "./attention.ts";
import { linear } from "./linear.ts";

/** A linear map: [out, in] and [out]. */
export interface Projection {
  readonly weight: Tensor;
  readonly bias?: Tensor | null;
}

export interface MultiHeadProjections {
  readonly query: Projection;
  readonly key: Projection;
  readonly value: Projection;
  readonly output: Projection;
}

/**
 * Attention in several subspaces at once: query, key and value are projected, split among the heads, attended to, joined and projected again.
 *
 * @param query [..., queries, features]
 * @param key   [..., keys, features]
 * @param value [..., keys, features]
 * @param heads how many; divides what the projections give
 * @param settings the mask broadcasts to [..., heads, queries, keys]
 * @returns the weights are [..., heads, queries, keys]
 * @throws ShapeError if the shapes do not fit
 * @see Vaswani et al. 2017, "Attention is all you need"; torch.nn.functional.multi_head_attention_forward
 * @example
 * const same = { weight: eye(2) };
 * const x = tensor([[1, 0], [0, 1]]);
 * const { value, weights } = multiHeadAttention(x, x, x, 2, { query: same, key: same, value: same, output: same });
 * value; // [[0.7311, 0.5], [0.5, 0.7311]]
 * weights.shape; // [2, 2, 2]
 */
export function multiHeadAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  heads: number,
  projections: MultiHeadProjections,
  settings: AttentionSettings = {},
): Attention {
  const project = (x: Tensor, { weight, bias }: Projection): Tensor =>
    intoHeads(linear(x, weight, bias), heads);
  const { value: attended, weights } = scaledDotProductAttention(
    project(query, projections.query),
    project(key, projections.key),
    project(value, projections.value),
    settings,
  );
  const joined = transpose(attended, -3, -2);
  const flat = reshape(joined, [...joined.shape.slice(0, -2), heads * joined.shape[joined.rank - 1]]);
  return { value: linear(flat, projections.output.weight, projections.output.bias), weights };
}

/** [..., length, heads · features] as [..., heads, length, features]. */
function intoHeads(x: Tensor, heads: number): Tensor {
  const width = x.shape[x.rank - 1];
  if (x.rank < 2 || width % heads !== 0)
    throw new ShapeError("multiHeadAttention", [x.shape], `expected features that ${heads} heads divide`);
  return transpose(reshape(x, [...x.shape.slice(0, -1), heads, width / heads]), -3, -2);
}
