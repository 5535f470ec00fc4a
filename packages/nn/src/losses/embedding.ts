import {
  add,
  div,
  eq,
  minimum,
  mul,
  pairwiseDistance,
  ShapeError,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  where,
} from "@isograd/autograd";
import { checkBatch, checkSameShape, checkSigns } from "./checks.ts";
import { hinge, type MarginOptions } from "./margin.ts";
import { reduceLosses } from "./reduction.ts";

/**
 * One minus the cosine between two vectors where the label is 1; where it is -1, by how much the cosine exceeds the margin (default 0).
 *
 * @param first  [batch, features], or [features]
 * @param second the same shape
 * @param labels 1 and -1: [batch], or []
 * @throws ShapeError if the shapes do not fit; ArgumentError if the batch is empty or a label neither 1 nor -1
 * @see torch.nn.functional.cosine_embedding_loss
 * @example
 * const [first, second] = [tensor([[1, 0], [1, 0]]), tensor([[0, 1], [1, 1]])];
 * cosineEmbeddingLoss(first, second, tensor([1, -1]), { reduction: "none" }); // [1, 0.7071]
 */
export function cosineEmbeddingLoss(
  first: Tensor,
  second: Tensor,
  labels: Tensor,
  { margin = 0, reduction }: MarginOptions = {},
): Tensor {
  const operation = "cosineEmbeddingLoss";
  checkVectors(operation, first, second);
  if (labels.shape.join() !== first.shape.slice(0, -1).join())
    throw new ShapeError(operation, [first.shape, labels.shape], "expected a label for each pair of vectors");
  checkSigns(operation, labels);
  // Unlike `cosineSimilarity`, smooth where a vector vanishes.
  const squares = (x: Tensor): Tensor => add(sum(square(x), { axis: -1 }), 1e-12);
  const cosine = div(sum(mul(first, second), { axis: -1 }), sqrt(mul(squares(first), squares(second))));
  const losses = where(eq(labels, 1), sub(1, cosine), hinge(sub(cosine, margin)));
  return reduceLosses(operation, losses, reduction);
}

/** How far two tensors of vectors are apart: [..., features] and the same shape -> [...]. */
export type Distance = (a: Tensor, b: Tensor) => Tensor;

export interface TripletOptions extends MarginOptions {
  /** Whether the negative counts from the positive where that is nearer to it than the anchor; default false. */
  readonly swap?: boolean;
}

export interface TripletNormOptions extends TripletOptions {
  /** The exponent of the norm; default 2. */
  readonly p?: number;
  /** Added to each difference, so that none is zero; default 1e-6. */
  readonly eps?: number;
}

/**
 * What the negative lacks to be farther from the anchor than the positive by the margin (default 1), by the norm of the difference.
 *
 * @param anchor   [..., features]
 * @param positive the same shape
 * @param negative the same shape
 * @throws ShapeError if the shapes differ; ArgumentError if the batch is empty
 * @see Balntas et al. 2016; torch.nn.functional.triplet_margin_loss
 * @example
 * tripletMarginLoss(tensor([[0, 0]]), tensor([[3, 4]]), tensor([[0, 1]])); // 5.0000
 */
export function tripletMarginLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  { p, eps, ...options }: TripletNormOptions = {},
): Tensor {
  const distance: Distance = (a, b) => pairwiseDistance(a, b, { p, eps });
  return triplets("tripletMarginLoss", anchor, positive, negative, distance, options);
}

/**
 * What the negative lacks to be farther from the anchor than the positive by the margin (default 1), by any distance.
 *
 * @param anchor   [..., features]
 * @param positive the same shape
 * @param negative the same shape
 * @param options  `distance` is by default the Euclidean one
 * @throws ShapeError if the shapes differ; ArgumentError if the batch is empty
 * @see torch.nn.functional.triplet_margin_with_distance_loss
 * @example
 * const distance = (x: Tensor, y: Tensor) => sum(abs(sub(x, y)), { axis: -1 });
 * tripletMarginWithDistanceLoss(tensor([[0, 0]]), tensor([[3, 4]]), tensor([[0, 1]]), { distance }); // 7
 */
export function tripletMarginWithDistanceLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  { distance = pairwiseDistance, ...options }: TripletOptions & { readonly distance?: Distance } = {},
): Tensor {
  return triplets("tripletMarginWithDistanceLoss", anchor, positive, negative, distance, options);
}

function triplets(
  operation: string,
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  distance: Distance,
  { margin = 1, swap = false, reduction }: TripletOptions,
): Tensor {
  checkVectors(operation, anchor, positive);
  checkSameShape(operation, anchor, negative);
  const near = distance(anchor, positive);
  const far = distance(anchor, negative);
  const least = swap ? minimum(far, distance(positive, negative)) : far;
  return reduceLosses(operation, hinge(sub(add(near, margin), least)), reduction);
}

function checkVectors(operation: string, first: Tensor, second: Tensor): void {
  if (first.rank === 0) throw new ShapeError(operation, [first.shape], "expected vectors [..., features]");
  checkSameShape(operation, first, second);
  checkBatch(operation, first);
}
