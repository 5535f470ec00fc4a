import type { Tensor } from "../../tensor.ts";
import { mul } from "../elementwise/arithmetic.ts";
import { abs, gt, maximum } from "../elementwise/choice.ts";
import { unsqueeze } from "../movement/movement.ts";
import { pad } from "../movement/slice.ts";
import { max } from "../reductions/extremum.ts";
import { sum } from "../reductions/reduce.ts";
import { eigvalsh } from "./eigh.ts";
import type { PseudoinverseOptions } from "./pinv.ts";
import { svdvals } from "./svd.ts";
import { tolerancesOf } from "./tolerance.ts";

/**
 * How many singular values are above the tolerances, as `i32` [...]; it has no gradient.
 *
 * @param x [..., m, n]
 * @throws ShapeError unless there are matrices
 * @see torch.linalg.matrix_rank
 * @example
 * matrixRank(tensor([[1, 2], [2, 4]])); // 1
 */
export function matrixRank(x: Tensor, { hermitian = false, ...options }: PseudoinverseOptions = {}): Tensor {
  const { relative, absolute } = tolerancesOf("matrixRank", x, options);
  const values = hermitian ? abs(eigvalsh(x.detach())) : svdvals(x.detach());
  // A zero more makes no difference, and gives an empty matrix a largest value.
  const padded = pad(values, [...values.shape.slice(1).map((): [number, number] => [0, 0]), [0, 1]]);
  const limit = maximum(absolute, mul(relative, max(padded, { axis: -1 })));
  return sum(gt(values, unsqueeze(limit, -1)), { axis: -1 });
}
