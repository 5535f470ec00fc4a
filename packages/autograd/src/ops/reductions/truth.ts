import type { Tensor } from "../../tensor.ts";
import { eq, gt, ne } from "../elementwise/choice.ts";
import { type ReduceOptions, sum } from "./reduce.ts";

/**
 * How many elements are not zero, as `i32`; NaN is not zero.
 *
 * @see torch.count_nonzero
 * @example
 * countNonzero(tensor([[0, 1], [2, NaN]])); // 3
 * countNonzero(tensor([[0, 1], [2, NaN]]), { axis: 1 }); // [1, 2]
 */
export function countNonzero(x: Tensor, options: ReduceOptions = {}): Tensor {
  return sum(ne(x, 0), options);
}

/**
 * Whether no element is zero, as truth values; true of nothing.
 *
 * @see torch.all
 * @example
 * all(tensor([[1, 0], [2, 3]]), { axis: 1 }); // [false, true]
 * all(zeros([0])); // true
 */
export function all(x: Tensor, options: ReduceOptions = {}): Tensor {
  return eq(sum(eq(x, 0), options), 0);
}

/**
 * Whether an element is not zero, as truth values; false of nothing.
 *
 * @see torch.any
 * @example
 * any(tensor([[1, 0], [0, 0]]), { axis: 1 }); // [true, false]
 * any(zeros([0])); // false
 */
export function any(x: Tensor, options: ReduceOptions = {}): Tensor {
  return gt(countNonzero(x, options), 0);
}
