import { softmax } from "../activations/softmax.ts";
import { fromData } from "../create.ts";
import { isFloating } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { add, mul, where } from "../ops/elementwise/index.ts";
import { transpose } from "../ops/movement/index.ts";
import { matmul } from "../ops/products/index.ts";
import type { Tensor } from "../tensor.ts";
import { type DropoutSettings, dropout } from "./dropout.ts";

export interface AttentionSettings {
  /** Broadcasts to [..., queries, keys]: true (`bool`) where a key takes part, or reals that are added to the scores. */
  readonly mask?: Tensor | null;
  /** Whether query i sees the keys 0 to i alone; default false. */
  readonly causal?: boolean;
  /** The factor on the scores; default 1/√features. */
  readonly scale?: number;
  /** Drops weights at random, as in training. */
  readonly dropout?: DropoutSettings | null;
}

export interface Attention {
  /** [..., queries, values] */
  readonly value: Tensor;
  /** What the values were weighted with: [..., queries, keys]. */
  readonly weights: Tensor;
}

/**
 * The values, averaged by how well their keys fit each query: softmax(q kᵀ · scale) v.
 *
 * A query that may see no key gives NaN.
 *
 * @param query [..., queries, features]
 * @param key   [..., keys, features]
 * @param value [..., keys, values]
 * @throws ShapeError if the shapes do not fit
 * @see Vaswani et al. 2017, "Attention is all you need"; torch.nn.functional.scaled_dot_product_attention
 * @example
 * scaledDotProductAttention(tensor([[0, 0]]), tensor([[1, 0], [0, 1]]), tensor([[2], [4]])).value; // [[3]]
 * const x = tensor([[1, 0], [0, 1]]);
 * scaledDotProductAttention(x, x, x, { causal: true }).weights; // [[1, 0], [0.3302, 0.6698]]
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  settings: AttentionSettings = {},
): Attention {
  if (query.rank < 2 || key.rank < 2 || value.rank < 2)
    throw new ShapeError(
      "scaledDotProductAttention",
      [query.shape, key.shape, value.shape],
      "expected [..., queries, features], [..., keys, features] and [..., keys, values]",
    );
  const { mask, causal = false, scale = 1 / Math.sqrt(query.shape[query.rank - 1]) } = settings;
  let scores = matmul(mul(query, scale), transpose(key));
  if (mask) scores = isFloating(mask.dtype) ? add(scores, mask) : shown(mask, scores);
  if (causal)
    scores = shown(lowerTriangle(scores.shape[scores.rank - 2], scores.shape[scores.rank - 1]), scores);
  const weights = softmax(scores, -1);
  const kept = settings.dropout ? dropout(weights, settings.dropout) : weights;
  return { value: matmul(kept, value), weights: kept };
}

const shown = (mask: Tensor, scores: Tensor): Tensor => where(mask, scores, Number.NEGATIVE_INFINITY);

function lowerTriangle(rows: number, columns: number): Tensor {
  const mask = Uint8Array.from({ length: rows * columns }, (_, i) =>
    Number(i % columns <= Math.trunc(i / columns)),
  );
  return fromData(mask, [rows, columns]);
}
