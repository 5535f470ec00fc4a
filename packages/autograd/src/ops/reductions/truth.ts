import type { Tensor } from "../../tensor.ts";
import { eq, gt, ne } from "../elementwise/choice.ts";
import { type ReduceOptions, sum } from "./reduce.ts";

/** How many elements are not zero, as `i32`; NaN is not zero. @see torch.count_nonzero */
export function countNonzero(x: Tensor, options: ReduceOptions = {}): Tensor {
  return sum(ne(x, 0), options);
}

/** Whether no element is zero, as truth values; true of nothing. @see torch.all */
export function all(x: Tensor, options: ReduceOptions = {}): Tensor {
  return eq(sum(eq(x, 0), options), 0);
}

/** Whether an element is not zero, as truth values; false of nothing. @see torch.any */
export function any(x: Tensor, options: ReduceOptions = {}): Tensor {
  return gt(countNonzero(x, options), 0);
}
