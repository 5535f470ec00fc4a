import { toFloating } from "../../dtype.ts";
import type { Tensor } from "../../tensor.ts";
import { div } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { eq, ne, where } from "../elementwise/choice.ts";
import { type ReduceOptions, sum } from "./reduce.ts";

/**
 * The sum of the elements that are not NaN; those get no gradient.
 *
 * @see torch.nansum
 * @example
 * nansum(tensor([1, NaN, 3])); // 4
 * grad((x) => nansum(x))(tensor([1, NaN, 3])); // [1, 0, 1]
 */
export function nansum(x: Tensor, options: ReduceOptions = {}): Tensor {
  return sum(where(ne(x, x), 0, x), options);
}

/**
 * The mean of the elements that are not NaN; NaN where there are none.
 *
 * @see torch.nanmean
 * @example
 * nanmean(tensor([1, NaN, 3])); // 2
 */
export function nanmean(x: Tensor, options: ReduceOptions = {}): Tensor {
  const dtype = toFloating(x.dtype);
  return div(nansum(cast(x, dtype), options), cast(sum(eq(x, x), options), dtype));
}
