import { ones } from "../../create.ts";
import { ArgumentError, DtypeError, ShapeError } from "../../errors.ts";
import { sameShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { scatterAddInto } from "../indexing/gather.ts";

export interface BincountOptions {
  /** What each element counts for [n], default 1; differentiable. */
  readonly weights?: Tensor;
  /** The least extent of the result; default 0. */
  readonly minLength?: number;
}

/**
 * How often each whole number from 0 on occurs in `x` [n], as `i32`, or the sum of its weights, in their element type.
 *
 * The extent of the result depends on the numbers: under vmap it throws.
 *
 * @throws DtypeError unless `x` is `i32`, ShapeError if it has other axes or the weights do not fit, ArgumentError if a number is negative
 * @see torch.bincount
 * @example
 * bincount(tensor([0, 2, 2], { dtype: "i32" })); // [1, 0, 2]
 * bincount(tensor([0, 2, 2], { dtype: "i32" }), { weights: tensor([0.5, 1, 2]), minLength: 4 }); // [0.5, 0, 3, 0]
 */
export function bincount(
  x: Tensor,
  { weights = ones(x.shape, "i32"), minLength = 0 }: BincountOptions = {},
): Tensor {
  if (x.dtype !== "i32") throw new DtypeError("bincount", [x.dtype], "expected i32");
  if (x.rank !== 1 || !sameShape(weights.shape, x.shape))
    throw new ShapeError("bincount", [x.shape, weights.shape], "expected [n] and weights [n]");
  let length = minLength;
  for (const value of x.values()) {
    if (value < 0) throw new ArgumentError("bincount", "expected numbers that are not negative", value);
    length = Math.max(length, value + 1);
  }
  return scatterAddInto([length], 0, x, weights);
}
