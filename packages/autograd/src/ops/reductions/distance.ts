import { fromData } from "../../create.ts";
import { ArgumentError, ShapeError } from "../../errors.ts";
import { broadcastShapes } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add, div, mul, sub } from "../elementwise/arithmetic.ts";
import { maximum } from "../elementwise/choice.ts";
import { indexSelect } from "../indexing/gather.ts";
import { expand, unsqueeze } from "../movement/movement.ts";
import { vectorNorm } from "./norm.ts";
import { sum } from "./reduce.ts";

/**
 * The `p`-norm of a - b, broadcast, as one number.
 *
 * @see torch.dist
 * @example
 * dist(tensor([1, 2]), tensor([4, 6])); // 5
 */
export function dist(a: Tensor, b: Tensor, p = 2): Tensor {
  return vectorNorm(sub(a, b), { ord: p });
}

export interface PairwiseDistanceOptions {
  /** The exponent of the norm; default 2. */
  readonly p?: number;
  /** Added to each difference, so that none is zero; default 1e-6. */
  readonly eps?: number;
  /** Keep the last axis with extent 1; default false. */
  readonly keepDims?: boolean;
}

/**
 * The distance between corresponding vectors along the last axis, broadcast.
 *
 * @see torch.nn.functional.pairwise_distance
 * @example
 * pairwiseDistance(tensor([[0, 0], [1, 1]]), tensor([[3, 4], [1, 3]]), { eps: 0 }); // [5, 2]
 */
export function pairwiseDistance(
  a: Tensor,
  b: Tensor,
  { p = 2, eps = 1e-6, keepDims = false }: PairwiseDistanceOptions = {},
): Tensor {
  return vectorNorm(add(sub(a, b), eps), { ord: p, axis: -1, keepDims });
}

/**
 * The distance of each row of `a` [..., n, k] to each row of `b` [..., m, k]: [..., n, m]; the axes in front broadcast.
 *
 * Computed from differences, so that close rows do not cancel. The derivative where two rows are equal is zero.
 *
 * @throws ShapeError if the rows differ in length, ArgumentError if `p` is negative
 * @see torch.cdist
 * @example
 * cdist(tensor([[0, 0], [3, 0]]), tensor([[3, 4]])); // [[5], [4]]
 * cdist(tensor([[0, 0], [3, 0]]), tensor([[3, 4]]), 1); // [[7], [4]]
 */
export function cdist(a: Tensor, b: Tensor, p = 2): Tensor {
  if (a.rank < 2 || b.rank < 2 || a.shape[a.rank - 1] !== b.shape[b.rank - 1])
    throw new ShapeError("cdist", [a.shape, b.shape], "expected [..., n, k] and [..., m, k]");
  return distances("cdist", sub(unsqueeze(a, -2), unsqueeze(b, -3)), p);
}

/**
 * The distances between the rows of `x` [n, k], each pair once: those of row 0 to rows 1, 2, …, then of row 1 …: [n (n - 1) / 2].
 *
 * The derivative where two rows are equal is zero.
 *
 * @throws ShapeError if `x` is not a matrix, ArgumentError if `p` is negative
 * @see torch.nn.functional.pdist
 * @example
 * pdist(tensor([[0, 0], [3, 4], [0, 4]])); // [5, 4, 3]
 */
export function pdist(x: Tensor, p = 2): Tensor {
  if (x.rank !== 2) throw new ShapeError("pdist", [x.shape], "expected [n, k]");
  const rows = Array.from({ length: x.shape[0] }, (_, row) => row);
  const pick = (positions: readonly number[]): Tensor =>
    indexSelect(x, 0, fromData(Int32Array.from(positions), [positions.length]));
  const first = pick(rows.flatMap((row) => rows.slice(row + 1).map(() => row)));
  const second = pick(rows.flatMap((row) => rows.slice(row + 1)));
  return distances("pdist", sub(first, second), p);
}

function distances(operation: string, differences: Tensor, p: number): Tensor {
  if (!(p >= 0)) throw new ArgumentError(operation, "expected an exponent that is not negative", p);
  // Of vectors without elements even the largest difference is zero.
  const ord = differences.shape[differences.rank - 1] === 0 ? 2 : p;
  return vectorNorm(differences, { ord, axis: -1 });
}

export interface CosineSimilarityOptions {
  /** Which axis holds the vectors, counted in the broadcast shape; default 1, as in PyTorch. */
  readonly axis?: number;
  /** The least norm that is divided by; default 1e-8. */
  readonly eps?: number;
}

/**
 * The cosine of the angle between vectors along an axis, broadcast; 0 if one is zero.
 *
 * @see torch.nn.functional.cosine_similarity
 * @example
 * cosineSimilarity(tensor([[1, 0], [1, 1]]), tensor([[0, 2], [2, 2]])); // [0, 1]
 */
export function cosineSimilarity(
  a: Tensor,
  b: Tensor,
  { axis = 1, eps = 1e-8 }: CosineSimilarityOptions = {},
): Tensor {
  const shape = broadcastShapes("cosineSimilarity", [a.shape, b.shape]);
  const [left, right] = [a, b].map((x) => {
    const vectors = expand(x, shape);
    return div(vectors, maximum(vectorNorm(vectors, { axis, keepDims: true }), eps));
  });
  return sum(mul(left, right), { axis });
}
