import { ArgumentError, div, sum, type Tensor, type TensorLike } from "@isograd/autograd";

export interface LossOptions {
  /** `mean` over the batch (default), `sum`, or `none`: a loss for each. */
  readonly reduction?: Reduction;
}

export type Reduction = "mean" | "sum" | "none";

/**
 * One loss from many: their sum, over `count` for the mean.
 *
 * @throws ArgumentError for any other reduction
 */
export function reduceLosses(
  operation: string,
  losses: Tensor,
  reduction: Reduction = "mean",
  count: TensorLike = losses.size,
): Tensor {
  if (reduction === "none") return losses;
  if (reduction !== "sum" && reduction !== "mean")
    throw new ArgumentError(operation, "expected the reduction mean, sum or none", reduction);
  const total = sum(losses);
  return reduction === "sum" ? total : div(total, count);
}
