import { ShapeError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { div, mul, square, sub } from "../elementwise/arithmetic.ts";
import { clamp, maximum } from "../elementwise/choice.ts";
import { sqrt } from "../elementwise/transcendental.ts";
import { reshape, squeeze, transpose } from "../movement/movement.ts";
import { mean, sum } from "../reductions/reduce.ts";
import { matmul } from "./matmul.ts";

export interface CovOptions {
  /** Subtracted from the count in the divisor: 1 (Bessel's correction, the default) or 0. */
  readonly correction?: number;
  /** How often each observation was made [n], `i32`. */
  readonly fweights?: Tensor;
  /** How much each observation weighs [n]. */
  readonly aweights?: Tensor;
}

/** Variables in rows, observations in columns; a vector is one variable. */
function rowsOf(operation: string, x: Tensor): Tensor {
  if (x.rank > 2)
    throw new ShapeError(operation, [x.shape], "expected [variables, observations] or [observations]");
  return x.rank === 2 ? x : reshape(x, [1, x.size]);
}

/**
 * The covariances of variables: [variables, variables], or one number for one variable.
 *
 * Weights that leave no degree of freedom make the result infinite or NaN.
 *
 * @param x [variables, observations], or [observations] of one variable
 * @throws ShapeError if `x` has more axes or weights do not fit the observations
 * @see torch.cov
 * @example
 * cov(tensor([[1, 2, 3], [6, 4, 2]])); // [[1, -2], [-2, 4]]
 * cov(tensor([1, 2, 3]), { correction: 0 }); // 0.6667
 */
export function cov(x: Tensor, { correction = 1, fweights, aweights }: CovOptions = {}): Tensor {
  const rows = rowsOf("cov", x);
  const count = rows.shape[1];
  for (const given of [fweights, aweights]) {
    if (given !== undefined && (given.rank !== 1 || given.shape[0] !== count))
      throw new ShapeError("cov", [x.shape, given.shape], `expected weights [${count}]`);
  }
  const weights = fweights && aweights ? mul(fweights, aweights) : (fweights ?? aweights);
  if (weights === undefined) {
    const centred = sub(rows, mean(rows, { axis: 1, keepDims: true }));
    return squeeze(div(matmul(centred, transpose(centred)), Math.max(0, count - correction)));
  }
  const total = sum(weights);
  const centred = sub(rows, div(sum(mul(rows, weights), { axis: 1, keepDims: true }), total));
  const lost = aweights ? mul(div(sum(mul(weights, aweights)), total), correction) : correction;
  const scatter = matmul(centred, transpose(mul(centred, weights)));
  return squeeze(div(scatter, maximum(sub(total, lost), 0)));
}

/**
 * Pearson's correlations of variables: [variables, variables], or one number for one variable; NaN with a constant.
 *
 * @param x [variables, observations], or [observations] of one variable
 * @throws ShapeError if `x` has more axes
 * @see torch.corrcoef
 * @example
 * corrcoef(tensor([[1, 2, 3], [6, 4, 2]])); // [[1, -1], [-1, 1]]
 */
export function corrcoef(x: Tensor): Tensor {
  const rows = rowsOf("corrcoef", x);
  const centred = sub(rows, mean(rows, { axis: 1, keepDims: true }));
  const unit = div(centred, sqrt(sum(square(centred), { axis: 1, keepDims: true })));
  return squeeze(clamp(matmul(unit, transpose(unit)), -1, 1));
}
